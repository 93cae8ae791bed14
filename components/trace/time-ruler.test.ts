import { expect, test } from 'vitest';
import { relativeText, rulerTicks } from './time-ruler';

const texts = (fromNs: number, toNs: number, origin: number, most: number) =>
  rulerTicks({ fromNs, toNs }, origin, most).map(({ text }) => text.replaceAll('\u00a0', ' '));

test('instants are counted from the start of the hold', () => {
  expect(texts(2.95e9, 3.9e9, 3e9, 10)).toEqual([
    '0',
    '+100 ms',
    '+200 ms',
    '+300 ms',
    '+400 ms',
    '+500 ms',
    '+600 ms',
    '+700 ms',
    '+800 ms',
    '+900 ms',
  ]);
  expect(texts(0, 4e9, 2e9, 5)).toEqual(['−2 s', '−1 s', '0', '+1 s', '+2 s']);
});

test('microseconds have instants of their own', () => {
  expect(texts(1_000_000, 1_020_000, 1_000_000, 5)).toEqual(['0', '+5 µs', '+10 µs', '+15 µs', '+20 µs']);
});

test('there are never more than asked for', () => {
  for (let span = 1_000; span < 1e11; span *= 1.7) {
    const ticks = rulerTicks({ fromNs: 12_345, toNs: 12_345 + span }, 0, 8);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(9);
  }
});

test('the origin is 0 whatever rounding left of it', () => {
  expect(relativeText(0.2)).toBe('0');
  expect(relativeText(-1).startsWith('−')).toBe(true);
});
