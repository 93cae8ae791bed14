import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logScale } from './log-scale';

test('spans whole decades and keeps nothing at the left end', () => {
  const scale = logScale([0, 0.02, 54]);
  expect([scale.from, scale.to]).toEqual([0.01, 100]);
  expect([0, 0.01, 1, 100].map(scale.at)).toEqual([0, 0, 0.5, 1]);
});

test('without a value there is still an axis', () => {
  expect(logScale([0, 0]).ticks.length).toBeGreaterThan(0);
});

test('the smallest double stands at the left end', () => {
  expect(logScale([5e-324]).at(5e-324)).toBe(0);
});

test('keeps the order of values and stays between the ends', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 }), (values) => {
      const scale = logScale(values);
      const places = values.toSorted((a, b) => a - b).map(scale.at);
      for (const [index, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(places[index - 1] ?? 0);
        expect(place).toBeLessThanOrEqual(1);
      }
      expect(scale.ticks.length).toBeLessThanOrEqual(5);
    }),
  );
});
