import { describe, expect, test } from 'vitest';
import { mannWhitneyGreater } from './mann-whitney';
import { type Random, randomOf } from './seeded-random';
import { signedRankGreater } from './signed-rank';
import { welchLogGreater } from './welch-log';

const nulls = 2000;
/** Kolmogorov-Smirnov distance that 2,000 uniform draws exceed 1 time in 100: 1.63 / √2000. */
const farthest = 1.63 / Math.sqrt(nulls);

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Run values as they are seen: log-normal with heavy noise. */
function runs(count: number, random: Random): number[] {
  return Array.from({ length: count }, () => Math.exp(0.5 * normal(random)));
}

/** Waits of a rarely used lock: mostly zero, small whole numbers. */
function rare(count: number, random: Random): number[] {
  return Array.from({ length: count }, () => Math.max(0, Math.floor(3 * random() * random() * random() * 2)));
}

function distanceFromUniform(pValues: readonly number[]): number {
  const sorted = [...pValues].sort((a, b) => a - b);
  return Math.max(...sorted.map((p, index) => Math.max((index + 1) / sorted.length - p, p - index / sorted.length)));
}

/** A discrete p, spread evenly over the chance of what was seen, is uniform when the test is exact. */
function spreadOut(greater: number, less: number, random: Random): number {
  return greater - random() * Math.max(0, greater + less - 1);
}

describe(`over ${nulls} comparisons of a distribution with itself, p is uniform`, () => {
  for (const [size, draw, name] of [
    [5, runs, 'noise'],
    [10, runs, 'noise'],
    [20, runs, 'noise'],
    [8, rare, 'many zeros'],
    [12, rare, 'many zeros'],
    [40, rare, 'many zeros'],
  ] as const) {
    test(`Mann-Whitney, ${size} runs, ${name}`, () => {
      const random = randomOf([size, nulls]);
      const pValues = Array.from({ length: nulls }, () => {
        const [base, head] = [draw(size, random), draw(size, random)];
        return spreadOut(mannWhitneyGreater(base, head), mannWhitneyGreater(head, base), random);
      });
      expect(distanceFromUniform(pValues)).toBeLessThan(farthest);
    });
  }

  test('signed rank of pairs that share a drift', () => {
    const random = randomOf([1]);
    const pValues = Array.from({ length: nulls }, () => {
      const drift = runs(10, random);
      const [base, head] = [runs(10, random), runs(10, random)].map((arm) =>
        arm.map((value, index) => value * (drift[index] ?? 1)),
      ) as [number[], number[]]; // map keeps the length of its two arms
      return spreadOut(signedRankGreater(base, head), signedRankGreater(head, base), random);
    });
    expect(distanceFromUniform(pValues)).toBeLessThan(farthest);
  });

  test('Welch on logarithms, 6 runs', () => {
    const random = randomOf([2]);
    const pValues = Array.from({ length: nulls }, () => welchLogGreater(runs(6, random), runs(6, random)));
    expect(distanceFromUniform(pValues)).toBeLessThan(farthest);
  });
});

test('the distance tells a test that is off: p values of a head 10 % above are not uniform', () => {
  const random = randomOf([3]);
  const pValues = Array.from({ length: nulls }, () =>
    welchLogGreater(
      runs(6, random),
      runs(6, random).map((value) => value * 1.1),
    ),
  );
  expect(distanceFromUniform(pValues)).toBeGreaterThan(2 * farthest);
});
