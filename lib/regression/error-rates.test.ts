import { expect, test } from 'vitest';
import { type Injected, type NoisyService, randomArms } from '@/tests/support/random-arms';
import { compareRuns } from './compare';
import { defaultOptions } from './options';

/** A shared runner: lock delays vary by a third from run to run, CPU samples as Poisson has it. */
const service = { locks: 8, functions: 8, lockNoise: 0.3, samples: 100 };

/** Share of comparisons of 10 runs an arm with a regression at one of the functions that `isHit` accepts. */
function shareFound(
  comparisons: number,
  injected: Injected,
  of: NoisyService,
  isHit: (name: string) => boolean,
): number {
  let hits = 0;
  for (let seed = 1; seed <= comparisons; seed++) {
    const { sites } = compareRuns(...randomArms(seed, 10, of, injected), defaultOptions);
    if (sites.some(({ verdict, site }) => verdict === 'regression' && isHit(site.function))) hits++;
  }
  return hits / comparisons;
}

test('identical builds have a regression in at most 2 % of 200 comparisons', () => {
  expect(shareFound(200, {}, service, () => true)).toBeLessThanOrEqual(0.02);
}, 60_000);

test('a new lock is found in 99 % of comparisons', () => {
  expect(shareFound(100, { newLock: true }, service, (name) => name === 'shop.(*Fresh).Add')).toBeGreaterThanOrEqual(
    0.99,
  );
}, 60_000);

test('a lock that waits 2.5 times longer is found in 95 % of comparisons', () => {
  const injected = { lock: { index: 4, factor: 2.5 } };
  expect(shareFound(100, injected, service, (name) => name === 'shop.(*Store4).Put')).toBeGreaterThanOrEqual(0.95);
}, 60_000);

// At 575 samples a lone function of this many tests is found in half of them: δ = 5 % leaves an effect of 19 %.
test('a function that takes 25 % more is found in 80 % of comparisons where it has 1500 samples an arm', () => {
  const injected = { cpu: { index: 3, factor: 1.25 } };
  expect(
    shareFound(100, injected, { ...service, samples: 150 }, (name) => name === 'shop.encode3'),
  ).toBeGreaterThanOrEqual(0.8);
}, 60_000);

test('with fewer than five runs nothing is told, and with five to seven nothing is a regression', () => {
  for (const runs of [1, 4, 5, 7]) {
    const [base, head] = randomArms(9, runs, service, { lock: { index: 0, factor: 8 }, newLock: true });
    expect([runs, compareRuns(base, head, defaultOptions).verdict]).toEqual([
      runs,
      runs < 5 ? 'inconclusive' : 'suspicious',
    ]);
  }
});
