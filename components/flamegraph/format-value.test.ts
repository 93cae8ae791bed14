import { expect, test } from 'vitest';
import { columnUnit, formatInColumn, formatValue } from './format-value';

const delay = { unit: 'nanoseconds', type: 'delay' };

test('a delay reads as goroutine-seconds, in a column below a head that says so', () => {
  expect(formatValue(5_863_000_000_000, delay)).toBe('5\u202f860\u00a0goroutine-s');
  expect(formatInColumn(5_863_000_000_000, delay)).toBe('5\u202f860');
  expect(columnUnit(delay)).toBe('goroutine-s');
});

test('a short delay is never 0', () => {
  expect(formatInColumn(1_000, delay)).toBe('<0.001');
});

test('where units differ by row every value keeps its own', () => {
  for (const kind of [
    { unit: 'nanoseconds', type: 'cpu' },
    { unit: 'bytes', type: 'inuse_space' },
  ]) {
    expect(columnUnit(kind)).toBeUndefined();
    expect(formatInColumn(2_310_000_000, kind)).toBe(formatValue(2_310_000_000, kind));
  }
});
