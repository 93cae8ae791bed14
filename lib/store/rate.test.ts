import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHigherPeak, nativeRate } from './rate';

test('a rate is value per second of wall time, rounded up', () => {
  expect(nativeRate('delta', 10_000_000_000, 10_000)).toBe(1_000_000_000);
  expect(nativeRate('delta', 1, 10_000)).toBe(1);
  expect(nativeRate('delta', 0, 10_000)).toBe(0);
});

test('a rate stops at 2^63', () => {
  expect(nativeRate('delta', 2 ** 62, 1)).toBe(2 ** 63);
});

test("an instant's rate is its value, however long its window", () => {
  expect(nativeRate('instant', 311, 15_000)).toBe(311);
});

test('the largest native rate is never below the average', () => {
  const window = fc.tuple(fc.nat(2 ** 45), fc.integer({ min: 1, max: 600_000 }));
  fc.assert(
    fc.property(fc.array(window, { minLength: 1 }), (windows) => {
      const value = windows.reduce((sum, [one]) => sum + one, 0);
      const wall = windows.reduce((sum, [, one]) => sum + one, 0);
      const max = Math.max(...windows.map(([one, wallMs]) => nativeRate('delta', one, wallMs)));
      expect(max).toBeGreaterThanOrEqual(Math.floor((value / wall) * 1_000));
    }),
  );
});

test('of equal rates the earlier window is shown, of equal windows the first pod by labels', () => {
  const a = [['pod', 'a']] as const;
  const b = [['pod', 'b']] as const;
  expect(isHigherPeak(5, 20, a, { rate: 4, at: 10, labels: b })).toBe(true);
  expect(isHigherPeak(5, 20, a, { rate: 5, at: 10, labels: b })).toBe(false);
  expect(isHigherPeak(5, 10, a, { rate: 5, at: 10, labels: b })).toBe(true);
  expect(isHigherPeak(5, 10, b, { rate: 5, at: 10, labels: a })).toBe(false);
});
