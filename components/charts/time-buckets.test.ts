import { expect, test } from 'vitest';
import { bucketAt, emptyRuns, peakBucket, roundTop, shareOf, spanTimes } from './time-buckets';

const axis = { from: 1_000_000, stepMs: 10_000, buckets: 6 };

test('a run of buckets covers whole buckets, its end excluded', () => {
  expect(spanTimes(axis, { first: 1, last: 2 })).toEqual({ from: 1_010_000, to: 1_030_000 });
});

test('the pointer outside the plot stays in the first or last bucket', () => {
  expect([-0.2, 0, 0.5, 0.999, 1.3].map((share) => bucketAt(axis, share))).toEqual([0, 0, 3, 5, 5]);
});

test('an instant outside the range has no place on the axis', () => {
  expect(shareOf(axis, 1_030_000)).toBe(0.5);
  expect(shareOf(axis, 999_999)).toBeUndefined();
});

test('missing data is told apart from nothing waiting', () => {
  expect(emptyRuns([null, 0, null, null, 2])).toEqual([
    { first: 0, last: 0 },
    { first: 2, last: 3 },
  ]);
  expect(peakBucket([null, 0, 3, 3])).toEqual({ bucket: 2, value: 3 });
  expect(peakBucket([null])).toBeUndefined();
});

test('the top of an axis is round and never below the value', () => {
  expect([0, 0.06, 1, 28.8, 479, 1000].map(roundTop)).toEqual([1, 0.06, 1, 30, 500, 1000]);
  for (let value = 0.01; value < 1e5; value *= 1.07) {
    expect(roundTop(value)).toBeGreaterThanOrEqual(value * 0.999_999);
    expect(roundTop(value)).toBeLessThanOrEqual(value * 1.51);
  }
});
