import { expect, test } from 'vitest';
import { armOfText, levels, linesOfComparison } from '@/tests/support/run-scene';
import { compareRuns } from './compare';
import { type CompareOptions, defaultOptions } from './options';

const compare = (base: string, head: string, options: Partial<CompareOptions> = {}) =>
  compareRuns(armOfText(base), armOfText(head, { offsetMs: 500 }), { ...defaultOptions, ...options });

const lines = (base: string, head: string, options: Partial<CompareOptions> = {}) =>
  linesOfComparison(compare(base, head, options));

const log = `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(8_000, 20)}`;

test('a lock that waits three times longer in every run is a regression, and others are unchanged', () => {
  const text = lines(
    `mutex Mutex.Unlock shop.(*Cache).Put+7 < shop.serve | ${levels(12_000, 30)}\n${log}`,
    `mutex Mutex.Unlock shop.(*Cache).Put+7 < shop.serve | ${levels(36_000, 35)}\n${log}`,
  );
  expect(text).toBe(`regression per op
regression mutex.delay shop.(*Cache).Put ×3.0
unchanged mutex.delay shop.(*Log).Write ×1.0`);
});

test('a lock that only the head has is new, one that only the base has is gone', () => {
  const index = `mutex Mutex.Unlock shop.(*Index).Add+9 < shop.build | ${levels(5_000, 10)}`;
  expect(lines(log, `${log}\n${index}`)).toBe(`regression per op
regression mutex.delay shop.(*Index).Add new
unchanged mutex.delay shop.(*Log).Write ×1.0`);
  expect(lines(`${log}\n${index}`, log)).toBe(`improved per op
improved mutex.delay shop.(*Index).Add gone
unchanged mutex.delay shop.(*Log).Write ×1.0`);
});

test('a change below the gate is unchanged where it would have shown, and says what would not have', () => {
  const [site] = compare(log, `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(9_000, 20)}`).sites;
  expect([site?.verdict, site?.why]).toEqual(['unchanged', 'a change below ×1.14 would not have shown']);
});

test('where the noise would hide a change of the size of the gate, the answer is inconclusive', () => {
  const noisy = `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(8_000, 20, 0.15)}`;
  const comparison = compare(noisy, noisy);
  expect(comparison.verdict).toBe('inconclusive');
  expect(comparison.sites[0]?.why).toBe('a change below ×1.92 would not have shown, and the gate is ×1.25');
  expect(comparison.blindBelowRatio.lock).toBeCloseTo(1.92, 2);
});

test('a change below the floor is no change: 19 ns an operation are nobody’s', () => {
  const tiny = (ns: number) => `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(ns * 1000, 20)}`;
  const per = { ops: 1000, requests: undefined, seconds: undefined };
  const verdict = (base: number, head: number) =>
    compareRuns(armOfText(tiny(base), { per }), armOfText(tiny(head), { per }), defaultOptions).verdict;
  expect([verdict(10, 29), verdict(10, 31)]).toEqual(['unchanged', 'regression']);
});

test('waits that no mutex profile shows are tested in the block profile, locks only where one arm has no mutex profile', () => {
  const block = (factor: number) => `
    block chan send shop.push+3 < shop.serve              | ${levels(9_000 * factor, 30)}
    block Mutex.Lock shop.(*Log).Write+2 < shop.serve     | ${levels(8_000 * factor, 20)}`;
  expect(lines(`${block(1)}\n${log}`, `${block(3)}\n${log}`)).toBe(`regression per op
regression block.delay shop.push ×3.0
unchanged mutex.delay shop.(*Log).Write ×1.0`);
  expect(lines(block(1), `${block(3)}\n${log}`)).toBe(`regression per op
regression block.delay shop.push ×3.0
regression block.delay shop.(*Log).Write ×3.0 (displaced)`);
});

test('an accepted level is the new base: a lock is worse only beyond it', () => {
  const at = (ns: number) => `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(ns, 20)}`;
  const acknowledged = [
    { site: 'shop.(*Log).Write', metric: 'mutex.delay', level: 20_000, reason: 'writes twice since the audit' },
  ];
  const [within] = compare(at(8_000), at(20_000), { acknowledged }).sites;
  expect([within?.verdict, within?.why]).toEqual(['unchanged', 'accepted: writes twice since the audit']);
  expect(compare(at(8_000), at(40_000), { acknowledged }).verdict).toBe('regression');
});

test('benchmarks are compared apart, in one family of tests', () => {
  const arm = (factor: number, offsetMs: number) => {
    const put = armOfText(`${log}\n time shop.BenchmarkPut | ${levels(10_000, 1, 0.001)}`, {
      benchmark: 'shop.BenchmarkPut',
      offsetMs,
    });
    const slow = `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(8_000 * factor, 20)}`;
    const get = armOfText(slow, { benchmark: 'shop.BenchmarkGet', offsetMs: offsetMs + 20_000 });
    return { ...put, runs: [...put.runs, ...get.runs] };
  };
  const { sites, locks } = compareRuns(arm(1, 0), arm(3, 500), defaultOptions);
  const tested = sites.filter(({ primary }) => primary);
  expect(tested.map(({ verdict, metric, benchmark }) => [verdict, metric, benchmark])).toEqual([
    ['regression', 'mutex.delay', 'shop.BenchmarkGet'],
    ['unchanged', 'mutex.delay', 'shop.BenchmarkPut'],
    ['unchanged', 'time', 'shop.BenchmarkPut'],
  ]);
  expect(locks.map(({ verdict, benchmark }) => [verdict, benchmark])).toEqual([
    ['regression', 'shop.BenchmarkGet'],
    ['unchanged', 'shop.BenchmarkPut'],
  ]);
});
