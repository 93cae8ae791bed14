import { expect, test } from 'vitest';
import { unixMs } from '@/lib/units';
import { bucketsOf } from './step';

const range = (from: number, to: number) => ({ type: {}, matchers: [], from: unixMs(from), to: unixMs(to) });

test('buckets are aligned to multiples of the step and cover the whole range', () => {
  expect(bucketsOf(range(25_000, 61_000), 10_000, 10_000, 1)).toEqual({ stepMs: 10_000, from: 20_000, buckets: 5 });
  expect(bucketsOf(range(20_000, 60_000), 10_000, 10_000, 1)).toEqual({ stepMs: 10_000, from: 20_000, buckets: 4 });
});

test('the step grows to a multiple that holds the longest window and whole spans of the tier', () => {
  expect(bucketsOf(range(0, 60_000), 10_000, 10_003, 1).stepMs).toBe(20_000);
  expect(bucketsOf(range(0, 60_000), 10_000, 10_000, 60_000).stepMs).toBe(60_000);
  expect(bucketsOf(range(0, 60_000), 45_000, 10_000, 60_000).stepMs).toBe(180_000);
  expect(bucketsOf(range(0, 60_000), 7_000, 0, 60_000).stepMs).toBe(420_000);
});

test('a range without length has no buckets', () => {
  expect(bucketsOf(range(60_000, 60_000), 10_000, 0, 1).buckets).toBe(0);
});
