import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hodgesLehmannRatio } from './hodges-lehmann';
import { mannWhitneyGreater } from './mann-whitney';

const values = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 4, maxLength: 12 });

describe('Hodges-Lehmann ratio', () => {
  test('twice the base is a ratio of 2, whatever the noise', () => {
    const base = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const estimate = hodgesLehmannRatio(
      base,
      base.map((value) => 2 * value),
    );
    expect(estimate?.ratio).toBeCloseTo(2, 12);
    expect(estimate?.low).toBeLessThan(1.1);
    expect(estimate?.high).toBeGreaterThan(3.6);
  });

  test('a base of zeros has no ratio', () => {
    expect(hodgesLehmannRatio([0, 0, 0, 0, 0], [1, 2, 3, 4, 5])).toBeUndefined();
    expect(hodgesLehmannRatio([0, 0, 0], [0, 0, 0])).toBeUndefined();
    expect(hodgesLehmannRatio([], [1])).toBeUndefined();
  });

  test('a site that went away has ratio 0', () => {
    expect(hodgesLehmannRatio([1, 2, 3, 4, 5], [0, 0, 0, 0, 0])).toEqual({ ratio: 0, low: 0, high: 0 });
  });

  test('zeros in a few base runs leave a ratio but may open the interval', () => {
    const estimate = hodgesLehmannRatio([0, 0, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2]);
    expect(estimate).toEqual({ ratio: 2, low: 2, high: Number.POSITIVE_INFINITY });
  });

  test('pairs of two zeros leave the estimate alone and widen the interval', () => {
    const base = [3, 4, 5, 6, 7, 8, 9, 10];
    const head = [12, 13, 14, 15, 16, 17, 18, 19];
    const plain = hodgesLehmannRatio([...base, 3, 10], [...head, 12, 19]);
    const silent = hodgesLehmannRatio([...base, 0, 0], [...head, 0, 0]);
    expect(silent?.low).toBeLessThan(plain?.low ?? 0);
    expect(silent?.high).toBeGreaterThan(plain?.high ?? Number.POSITIVE_INFINITY);
  });

  test('three runs an arm have no 95 % interval', () => {
    expect(hodgesLehmannRatio([1, 2, 3], [4, 5, 6])).toMatchObject({ low: 0, high: Number.POSITIVE_INFINITY });
    expect(hodgesLehmannRatio([1, 2, 3, 4], [4, 5, 6, 7])?.high).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  test('values at the edge of a double do not overflow', () => {
    const tiny = hodgesLehmannRatio([1e-300, 1e-300, 1e-300, 1e-300], [1, 1, 2, 2]);
    expect(tiny?.ratio).toBeGreaterThan(1e300);
    expect(tiny?.ratio).toBeLessThan(2e300);
  });

  test('law: swapping the arms inverts the ratio and its interval', () => {
    fc.assert(
      fc.property(values, values, (base, head) => {
        const there = hodgesLehmannRatio(base, head);
        const back = hodgesLehmannRatio(head, base);
        expect((there?.ratio ?? 0) * (back?.ratio ?? 0)).toBeCloseTo(1, 9);
        expect((there?.low ?? 0) * (back?.high ?? 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('law: the head scaled by a power of two scales all three', () => {
    fc.assert(
      fc.property(values, values, fc.constantFrom(0.125, 4, 1024), (base, head, scale) => {
        const plain = hodgesLehmannRatio(base, head);
        const scaled = head.map((value) => value * scale);
        expect(hodgesLehmannRatio(base, scaled)).toEqual({
          ratio: (plain?.ratio ?? 0) * scale,
          low: (plain?.low ?? 0) * scale,
          high: (plain?.high ?? 0) * scale,
        });
      }),
    );
  });

  test('law: the interval holds the ratio, and the test rejects just outside it', () => {
    fc.assert(
      fc.property(values, values, (base, head) => {
        const estimate = hodgesLehmannRatio(base, head);
        if (estimate === undefined) throw new Error('positive values have a ratio');
        expect(estimate.low).toBeLessThanOrEqual(estimate.ratio);
        expect(estimate.high).toBeGreaterThanOrEqual(estimate.ratio);
        const just = (ratio: number) => base.map((value) => value * ratio);
        expect(mannWhitneyGreater(just(estimate.low * (1 - 1e-9)), head)).toBeLessThanOrEqual(0.025 + 1e-12);
        expect(mannWhitneyGreater(head, just(estimate.high * (1 + 1e-9)))).toBeLessThanOrEqual(0.025 + 1e-12);
      }),
    );
  });
});
