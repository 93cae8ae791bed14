import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannWhitney, mannWhitneyGreater } from './mann-whitney';

const arm = (max: number) => fc.array(fc.nat(12), { minLength: 1, maxLength: max });

describe('Mann-Whitney', () => {
  test('the smallest p of N against N is one labeling of all', () => {
    const low = Array.from({ length: 10 }, (_, index) => index);
    const high = low.map((value) => value + 10);
    expect(mannWhitneyGreater(low, high)).toBeCloseTo(1 / 184_756, 18);
    expect(mannWhitneyGreater(high, low)).toBe(1);
    expect(mannWhitneyGreater(low.slice(0, 5), high.slice(0, 5))).toBeCloseTo(1 / 252, 12);
  });

  test('a site that only the head has is as clear as any other', () => {
    const none = new Array<number>(10).fill(0);
    expect(mannWhitneyGreater(none, [3, 9, 2, 4, 8, 1, 7, 5, 6, 10])).toBeCloseTo(1 / 184_756, 18);
  });

  test('equal runs tell nothing', () => {
    expect(mannWhitneyGreater([0, 0, 0, 0, 0], [0, 0, 0, 0, 0])).toBe(1);
    expect(mannWhitneyGreater(new Array(30).fill(7), new Array(30).fill(7))).toBe(1);
  });

  test('an arm without runs tells nothing', () => {
    expect(mannWhitneyGreater([], [1, 2])).toBe(1);
    expect(mannWhitneyGreater([1, 2], [])).toBe(1);
  });

  test('more than 20 runs in one arm is the normal approximation, and says so', () => {
    const runs = (length: number) => Array.from({ length }, (_, index) => index);
    expect(mannWhitney(runs(20), runs(20)).method).toBe('exact');
    expect(mannWhitney(runs(5), runs(21)).method).toBe('normal');
  });

  test('exact and normal agree where one gives way to the other', () => {
    const base = Array.from({ length: 20 }, (_, index) => Math.sin(index * 7) + 0.3 * index);
    const head = Array.from({ length: 20 }, (_, index) => Math.sin(index * 5) + 0.3 * index + 1.5);
    // One more run that changes nothing much: the middle of the base.
    const exact = mannWhitney(base, head).p;
    const normal = mannWhitney([...base, 3], head).p;
    expect(exact / normal).toBeGreaterThan(0.6);
    expect(exact / normal).toBeLessThan(1.7);
  });

  test('law: both directions sum to 1 plus the chance of what was seen', () => {
    fc.assert(
      fc.property(arm(9), arm(9), (base, head) => {
        const greater = mannWhitney(base, head);
        const less = mannWhitney(head, base);
        expect(greater.u + less.u).toBe(base.length * head.length);
        const pointMass = greater.p + less.p - 1;
        expect(pointMass).toBeGreaterThan(0);
        expect(pointMass).toBeLessThanOrEqual(Math.min(greater.p, less.p) + 1e-12);
      }),
    );
  });

  test('law: only the order counts, so a common scale changes nothing', () => {
    fc.assert(
      fc.property(arm(12), arm(25), fc.constantFrom(0.25, 3, 1e9), (base, head, scale) => {
        const scaled = (values: readonly number[]) => values.map((value) => value * scale);
        expect(mannWhitney(scaled(base), scaled(head))).toEqual(mannWhitney(base, head));
      }),
    );
  });

  test('law: the order of runs changes nothing, and a slower head is never less clear', () => {
    fc.assert(
      fc.property(arm(12), arm(12), fc.nat(5), (base, head, more) => {
        const p = mannWhitneyGreater(base, head);
        expect(mannWhitneyGreater([...base].reverse(), [...head].reverse())).toBe(p);
        const slower = head.map((value) => value + more);
        expect(mannWhitneyGreater(base, slower)).toBeLessThanOrEqual(p + 1e-12);
      }),
    );
  });
});
