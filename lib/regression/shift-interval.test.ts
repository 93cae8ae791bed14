import { expect, test } from 'vitest';
import { shiftInterval } from './shift-interval';

const base = [10, 11, 12, 13, 14, 15, 16, 17];

test('the interval holds the shift that was made, and 0 when none was', () => {
  for (const shift of [0, 5, -5]) {
    const { low, high } = shiftInterval(
      base,
      base.map((value) => value + shift),
    );
    expect([low <= shift, shift <= high]).toEqual([true, true]);
    expect(high - low).toBeLessThanOrEqual(6);
  }
});

test('with exchanged arms it is mirrored', () => {
  const head = [12, 15, 15.5, 18, 19, 22, 23, 27];
  const [forth, back] = [shiftInterval(base, head), shiftInterval(head, base)];
  expect([back.low, back.high]).toEqual([-forth.high, -forth.low]);
});

test('so few runs bound nothing', () => {
  expect(shiftInterval([1, 2], [3, 4])).toEqual({ low: -Infinity, high: Infinity });
  expect(shiftInterval([], [3])).toEqual({ low: -Infinity, high: Infinity });
});
