import { expect, test } from 'vitest';
import { unixMs } from '@/lib/units';
import { nextStall } from './next-stall';

const minutes = (...at: number[]) => at.map((minute) => unixMs(minute * 60_000));
const next = (starts: number[], everySeconds: number | undefined, now: number) =>
  nextStall({ starts: minutes(...starts), everySeconds }, unixMs(now * 60_000))?.at;

test('the next beat after the newest stall, at or after now', () => {
  expect(next([2, 4, 6, 8], 120, 8.5)).toBe(10 * 60_000);
  expect(next([2, 4, 6, 8], 120, 8)).toBe(10 * 60_000);
  expect(next([2, 4, 6, 8], 120, 10)).toBe(10 * 60_000);
  expect(next([2, 4, 6, 8], 120, 10.1)).toBe(12 * 60_000);
});

test('none without a beat, without a stall, and when the beat has stopped', () => {
  expect(next([2, 4, 7], undefined, 8)).toBeUndefined();
  expect(next([], 120, 8)).toBeUndefined();
  expect(next([2, 4, 6, 8], 120, 14.1)).toBeUndefined();
});
