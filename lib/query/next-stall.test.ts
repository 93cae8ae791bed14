import { expect, test } from 'vitest';
import { unixMs } from '@/lib/units';
import { nextStall } from './next-stall';

const minute = 60_000;
const stepMs = 10_000;
const next = (starts: number[], everySeconds: number | undefined, now: number) =>
  nextStall({ starts: starts.map((at) => unixMs(at * minute)), everySeconds }, stepMs, unixMs(now * minute));

test('the next beat after the newest stall, at or after now', () => {
  expect(next([2, 4, 6, 8], 120, 8.5)).toEqual({ at: 10 * minute, everySeconds: 120, errorMs: stepMs / 3 });
  expect(next([2, 4, 6, 8], 120, 8)?.at).toBe(10 * minute);
  expect(next([2, 4, 6, 8], 120, 10)?.at).toBe(10 * minute);
  expect(next([2, 4, 6, 8], 120, 10.1)?.at).toBe(12 * minute);
});

test('gaps that buckets blur are averaged, a stall left out is no gap', () => {
  // 20 s apart, seen in buckets of 6 s: gaps of 18 and 24 s, of which 18 is the median.
  const starts = [0, 18, 42, 60].map((at) => unixMs(at * 1_000));
  expect(nextStall({ starts, everySeconds: 18 }, 6_000, unixMs(61_000))).toEqual({
    at: 80_000,
    everySeconds: 20,
    errorMs: 2_000,
  });
  expect(next([2, 4, 8, 10], 120, 10.5)).toEqual({ at: 12 * minute, everySeconds: 120, errorMs: stepMs / 4 });
});

test('none without a beat, without a stall, and when the beat has stopped', () => {
  expect(next([2, 4, 7], undefined, 8)).toBeUndefined();
  expect(next([], 120, 8)).toBeUndefined();
  expect(next([2, 4, 6, 8], 120, 14.1)).toBeUndefined();
});
