import { expect, test } from 'vitest';
import { mannWhitneyGreater } from './mann-whitney';
import { welchLogGreater } from './welch-log';

const base = [10, 12, 11, 9, 10.5];
const times = (factor: number) => base.map((value, index) => value * factor * (1 + index / 100));

test('twice as much is found with five runs, the same is not', () => {
  expect(welchLogGreater(base, times(2))).toBeLessThan(0.001);
  expect(welchLogGreater(base, times(1))).toBeGreaterThan(0.3);
  expect(welchLogGreater(times(2), base)).toBeGreaterThan(0.999);
});

test('the least effect is taken off before the test', () => {
  expect(welchLogGreater(base, times(1.1), 0.1)).toBeGreaterThan(0.3);
  const scaled = base.map((value) => value * 1.1);
  expect(welchLogGreater(base, times(1.5), 0.1)).toBeCloseTo(welchLogGreater(scaled, times(1.5)), 12);
});

test('a scale common to both arms changes nothing', () => {
  const scaled = (values: readonly number[]) => values.map((value) => value * 1e6);
  expect(welchLogGreater(scaled(base), scaled(times(1.3)))).toBeCloseTo(welchLogGreater(base, times(1.3)), 9);
});

test('zeros count as half of the least positive value', () => {
  expect(welchLogGreater([0, 2, 4, 2, 4], [0, 8, 6, 8, 6])).toBe(welchLogGreater([1, 2, 4, 2, 4], [1, 8, 6, 8, 6]));
});

test('a new site is found; nothing but zeros tells nothing', () => {
  expect(welchLogGreater([0, 0, 0, 0, 0], [5, 6, 7, 5, 6])).toBeLessThan(0.001);
  expect(welchLogGreater([0, 0, 0], [0, 0, 0])).toBe(1);
});

test('one run has no spread, so it tells nothing', () => {
  expect(welchLogGreater([1], [2, 3, 4])).toBe(1);
});

test('arms without any spread say no more than so few runs can', () => {
  const flat = [1, 1, 1, 1, 1];
  const higher = [3, 3, 3, 3, 3];
  expect(welchLogGreater(flat, higher)).toBe(mannWhitneyGreater(flat, higher));
  expect(welchLogGreater(flat, flat)).toBe(1);
});
