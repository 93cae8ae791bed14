import { expect, test } from 'vitest';
import { logDeviation, median, medianAbsoluteDeviation, pooledLogDeviation } from './spread';

test('the median of an even number is the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
  expect(median([])).toBeUndefined();
});

test('the median does not sort what it is given', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test('one wild run does not move the median absolute deviation', () => {
  expect(medianAbsoluteDeviation([1, 2, 3, 4, 5])).toBe(1);
  expect(medianAbsoluteDeviation([1, 2, 3, 4, 5000])).toBe(1);
});

test('noise is relative: a scale leaves it alone', () => {
  const values = [90, 100, 110, 105];
  expect(logDeviation(values)).toBeCloseTo(0.086, 3);
  expect(logDeviation(values.map((value) => value * 1e9))).toBeCloseTo(logDeviation(values) ?? 0, 12);
});

test('a run with nothing has no relative noise, nor has a single run', () => {
  expect(logDeviation([0, 1, 2])).toBeUndefined();
  expect(logDeviation([5])).toBeUndefined();
  expect(pooledLogDeviation([0, 1], [1, 2])).toBeUndefined();
});

test('the noise of both arms is no noisier than the noisier arm, whatever lies between their levels', () => {
  const calm = [100, 101, 99, 100];
  const wild = [1000, 2000, 500];
  const both = pooledLogDeviation(calm, wild) ?? Number.NaN;
  expect(both).toBeLessThan(logDeviation(wild) ?? 0);
  expect(both).toBeGreaterThan(logDeviation(calm) ?? Number.POSITIVE_INFINITY);
});
