import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signedRankGreater } from './signed-rank';

test('the smallest p of n pairs is one pattern of signs', () => {
  const base = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const head = base.map((value) => value * value + 1);
  expect(signedRankGreater(base, head)).toBe(2 ** -10);
  expect(signedRankGreater(head, base)).toBe(1);
});

test('equal pairs are left out, also of two zeros', () => {
  expect(signedRankGreater([0, 5, 1, 2], [0, 5, 2, 6])).toBe(signedRankGreater([1, 2], [2, 6]));
  expect(signedRankGreater([0, 3], [0, 3])).toBe(1);
});

test('from zero to something is the largest rise', () => {
  expect(signedRankGreater([0, 4, 8], [1, 2, 7])).toBe(signedRankGreater([1, 4, 8], [1e9, 2, 7]));
});

test('pairs that drift together are told where the unpaired test sees only drift', () => {
  const drift = Array.from({ length: 12 }, (_, index) => 2 ** index);
  const head = drift.map((value) => value * 1.2);
  expect(signedRankGreater(drift, head)).toBe(2 ** -12);
});

test('arms of unequal length are not pairs', () => {
  expect(() => signedRankGreater([1], [1, 2])).toThrow('1 base runs for 2 head runs');
});

test('law: both directions sum to 1 plus the chance of what was seen', () => {
  const runs = fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(runs, (pairs) => {
      const base = pairs.map(([value]) => value);
      const head = pairs.map(([, value]) => value);
      const sum = signedRankGreater(base, head) + signedRankGreater(head, base);
      expect(sum).toBeGreaterThanOrEqual(1);
      expect(sum).toBeLessThanOrEqual(2);
    }),
  );
});
