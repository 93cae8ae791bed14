import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 });

test('one change among 60 needs p of at most q / 60', () => {
  const others = new Array<number>(59).fill(0.9);
  expect(benjaminiHochberg([0.05 / 60, ...others])[0]).toBeCloseTo(0.05, 12);
});

test('q-values stand where their p-values stood', () => {
  expect(benjaminiHochberg([0.04, 0.01, 0.9])).toEqual([0.06, 0.03, 0.9]);
  expect(benjaminiHochberg([])).toEqual([]);
});

test('law: q is at least p, at most 1, and keeps the order of p', () => {
  fc.assert(
    fc.property(pValues, (p) => {
      const q = benjaminiHochberg(p);
      for (const [i, value] of q.entries()) {
        expect(value).toBeGreaterThanOrEqual((p[i] ?? 0) * (1 - 1e-12));
        expect(value).toBeLessThanOrEqual(1);
        for (const [j, other] of q.entries()) if ((p[i] ?? 0) < (p[j] ?? 0)) expect(value).toBeLessThanOrEqual(other);
      }
    }),
  );
});

test('law: q at most the rate is what the step-up procedure rejects', () => {
  fc.assert(
    fc.property(pValues, fc.constantFrom(0.02, 0.05, 0.2), (p, rate) => {
      const sorted = [...p].sort((a, b) => a - b);
      const k = sorted.findLastIndex((value, index) => value <= (((index + 1) * rate) / p.length) * (1 - 1e-12)) + 1;
      const atLeast = benjaminiHochberg(p).filter((q) => q <= rate * (1 + 1e-12)).length;
      expect(atLeast).toBeGreaterThanOrEqual(k);
    }),
  );
});

test('law: more tests never make a q-value smaller when they add large p-values', () => {
  fc.assert(
    fc.property(pValues, fc.nat(10), (p, more) => {
      const alone = benjaminiHochberg(p);
      const among = benjaminiHochberg([...p, ...new Array<number>(more).fill(1)]);
      for (const [index, q] of alone.entries()) expect(among[index]).toBeGreaterThanOrEqual(q * (1 - 1e-12));
    }),
  );
});
