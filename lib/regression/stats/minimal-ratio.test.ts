import { expect, test } from 'vitest';
import { minimalRatio } from './minimal-ratio';

/** The deviation of logarithms that belongs to a coefficient of variation, of log-normal runs. */
const deviationOf = (variation: number) => Math.sqrt(Math.log1p(variation ** 2));
const smallest = (variation: number, runs: number) =>
  minimalRatio({
    deviation: deviationOf(variation),
    baseRuns: runs,
    headRuns: runs,
    tests: 60,
    q: 0.05,
    leastEffect: 0.05,
  }) ?? Number.NaN;

test('60 tests at q 0.05 and a least effect of 5 %: what each noise leaves to be seen', () => {
  const runs = [5, 8, 10, 15, 20, 30];
  const table = [0.03, 0.05, 0.1, 0.2, 0.3, 0.5].map(
    (variation) =>
      `${`${variation * 100}`.padStart(2)} %  ${runs.map((count) => smallest(variation, count).toFixed(2)).join(' ')}`,
  );
  expect(table).toEqual([
    ' 3 %  1.17 1.13 1.12 1.10 1.09 1.08',
    ' 5 %  1.25 1.18 1.16 1.14 1.12 1.11',
    '10 %  1.48 1.33 1.29 1.23 1.20 1.17',
    '20 %  2.09 1.68 1.57 1.43 1.37 1.30',
    '30 %  2.90 2.10 1.90 1.67 1.55 1.44',
    '50 %  5.40 3.20 2.74 2.21 1.97 1.74',
  ]);
});

test('unequal arms are worse than equal ones of the same sum', () => {
  const of = { deviation: 0.2, tests: 10, q: 0.05, leastEffect: 0.1 };
  const equal = minimalRatio({ ...of, baseRuns: 10, headRuns: 10 });
  const unequal = minimalRatio({ ...of, baseRuns: 4, headRuns: 16 });
  expect(unequal).toBeGreaterThan(equal ?? Number.NaN);
});

test('one run, or no test, cannot tell', () => {
  const of = { deviation: 0.2, baseRuns: 10, headRuns: 10, tests: 10, q: 0.05, leastEffect: 0.1 };
  expect(minimalRatio({ ...of, headRuns: 1 })).toBeUndefined();
  expect(minimalRatio({ ...of, tests: 0 })).toBeUndefined();
});
