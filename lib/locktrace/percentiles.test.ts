import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestRank, percentilesOf } from './percentiles';
import { queueDepth } from './queue';

const doubles = (...values: number[]) => Float64Array.from(values);

test('a percentile is a value that was seen: the smallest that as many are not above', () => {
  const ten = doubles(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  expect([0.5, 0.9, 0.99, 1].map((share) => nearestRank(ten, share))).toEqual([5, 9, 10, 10]);
  expect(nearestRank(doubles(7), 0.5)).toBe(7);
  expect(nearestRank(doubles(), 0.5)).toBeNull();
});

test('waits cut off by the trace are in no percentile, but bound the maximum', () => {
  expect(percentilesOf(doubles(3, 1, 2), doubles(9, 4))).toEqual({
    p50Ns: 2,
    p90Ns: 3,
    p99Ns: 3,
    maxNs: 3,
    n: 3,
    censored: 2,
    longestCensoredNs: 9,
  });
});

test('the queue is as deep as the waits that overlap; one that ends when another begins made room for it', () => {
  expect(queueDepth(doubles(0, 2, 4), doubles(4, 6, 8), 10)).toEqual({ avg: 1.2, max: 2, maxAtNs: 2 });
  expect(queueDepth(doubles(), doubles(), 10)).toEqual({ avg: 0, max: 0, maxAtNs: null });
});

test('the mean queue over the trace is the waiting time over its length', () => {
  const wait = fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 1, max: 500 }));
  fc.assert(
    fc.property(fc.array(wait, { minLength: 1 }), (waits) => {
      const total = waits.reduce((sum, [, length]) => sum + length, 0);
      const { avg, max } = queueDepth(
        Float64Array.from(waits, ([begin]) => begin),
        Float64Array.from(waits, ([begin, length]) => begin + length),
        2_000,
      );
      expect(avg).toBeCloseTo(total / 2_000, 9);
      expect(max).toBeLessThanOrEqual(waits.length);
      expect(max).toBeGreaterThanOrEqual(1);
    }),
  );
});
