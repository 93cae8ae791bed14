import { expect, test } from 'vitest';
import { armOfText, levels, linesOfComparison, sameMachine } from '@/tests/support/run-scene';
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

test('idle workers are left out and counted', () => {
  const idle = `block chan receive shop.worker+3 | ${levels(900_000, 30)}`;
  const { leftOut, verdict } = compare(`${idle}\n${log}`, `${idle}\n${log}`);
  expect([verdict, leftOut]).toEqual(['unchanged', [{ reason: 'idle waits', sites: 1 }]]);
});

test('rare, small and seldom seen sites are left out by reason', () => {
  const { leftOut } = compare(
    `${log}
     mutex Mutex.Unlock shop.(*A).Put+1 | ${levels(50, 20)}
     mutex Mutex.Unlock shop.(*B).Put+1 | ${levels(5_000, 2)}
     mutex Mutex.Unlock shop.(*C).Put+1 | 90000/60 - - - - - - - - -
     mutex runtime.unlock+1               | ${levels(5_000, 20)}`,
    log,
  );
  expect(leftOut).toEqual([
    { reason: 'locks of the Go runtime', sites: 1 },
    { reason: 'less than 1 % of its profile', sites: 1 },
    { reason: 'fewer than 50 contentions', sites: 1 },
    { reason: 'in fewer than 20 % of the runs', sites: 1 },
  ]);
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

test('arms known to be measured differently are refused, by what differs', () => {
  const base = armOfText(log);
  const head = { ...base, fingerprint: { ...sameMachine, goVersion: 'go1.27.1', cores: 8 } };
  expect(() => compareRuns(base, head, defaultOptions)).toThrow(
    'base and head were not measured alike: Go version go1.26.8 and go1.27.1; number of cores 2 and 8',
  );
});

test('a fingerprint that is not told is a matter of trust', () => {
  const base = armOfText(log);
  const head = { ...base, fingerprint: { ...sameMachine, kernel: undefined } };
  const note = compareRuns(base, head, defaultOptions).trust.find(({ code }) => code === 'fingerprint-unknown');
  expect(note?.message).toBe('not known to be the same for base and head: kernel');
});

test('runs that alternate are interleaved, runs one arm after the other are not', () => {
  const { runs, trust } = compare(log, log);
  expect([runs, trust.map(({ code }) => code)]).toEqual([
    { base: 10, head: 10, interleaved: true },
    ['unit', 'interleaved', 'fingerprint-equal'],
  ]);
  const after = compareRuns(armOfText(log), armOfText(log, { offsetMs: 60_000 }), defaultOptions);
  expect([after.runs.interleaved, after.trust[1]?.code]).toEqual([false, 'not-interleaved']);
});

test('values are per operation, request or second, whichever all runs know, and per run else', () => {
  const unit = (per: Parameters<typeof armOfText>[1]) =>
    compareRuns(armOfText(log), armOfText(log, per), defaultOptions).unit;
  const base = { ops: undefined, requests: undefined, seconds: undefined };
  const units = (ops: number | undefined, requests: number | undefined, seconds: number | undefined) => {
    const per = { ops, requests, seconds };
    return compareRuns(armOfText(log, { per }), armOfText(log, { per }), defaultOptions).unit;
  };
  expect([units(5, 5, 5), units(undefined, 5, 5), units(undefined, undefined, 5)]).toEqual(['op', 'request', 'second']);
  // The other arm counts operations only.
  expect(unit({ per: { ...base, requests: 5, seconds: 5 } })).toBe('run');
});

test('no contention on either side is said, and is no pass', () => {
  const empty = 'mutex Mutex.Unlock shop.(*Log).Write+3 | - - - - - - - - - -';
  const comparison = compare(empty, empty);
  expect([comparison.verdict, comparison.trust.at(-1)?.code]).toEqual(['inconclusive', 'no-contention']);
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

test('of the Go runtime only the collector is tested, for nobody calls it', () => {
  const cpu = `
    cpu shop.serve > runtime.mallocgc         | ${levels(6e6, 1)}
    cpu runtime.mallocgc < shop.serve         | ${levels(6e6, 1)}
    cpu runtime.gcBgMarkWorker                | ${levels(3e6, 1)}
    cpu testing.(*B).runN > shop.serve        | ${levels(6e6, 1)}`;
  const { sites, leftOut } = compare(cpu, cpu);
  expect(sites.map(({ site }) => site.function)).toEqual(['runtime.gcBgMarkWorker', 'shop.serve']);
  expect(leftOut).toEqual([
    { reason: 'functions of the Go runtime: their time is in their callers', sites: 1 },
    { reason: 'functions of the benchmark harness', sites: 1 },
  ]);
});

test('a process with several benchmarks has the run as its unit, times apart', () => {
  const per = { ops: undefined, requests: undefined, seconds: 2 };
  const text = `${log}\n time shop.BenchmarkPut | ${levels(10_000, 1)}\n time shop.BenchmarkGet | ${levels(20_000, 1)}`;
  const { unit, sites } = compareRuns(armOfText(text, { per }), armOfText(text, { per }), defaultOptions);
  expect(unit).toBe('run');
  expect(sites.filter(({ metric }) => metric === 'time').map(({ base }) => Math.round(base.median))).toEqual([
    20_100, 10_050,
  ]);
});

test('the noise of the runner is told, and what it hides', () => {
  const noisy = `mutex Mutex.Unlock shop.(*Log).Write+3 | ${levels(8_000, 20, 0.15)}
                 time shop.BenchmarkPut                 | ${levels(10_000, 1, 0.02)}`;
  const told = new Map(compare(noisy, noisy).trust.map(({ code, message }) => [code, message]));
  expect(told.get('noise')).toBe('the time of an operation varies by 6 % from run to run');
  expect(told.get('blind')).toBe('blind below ×2.1 for a typical lock on this runner, and the gate is ×1.25');
});

test('a profile that only one arm has is not compared, and said', () => {
  const cpu = `cpu shop.serve | ${levels(6e6, 1)}`;
  const { leftOut, trust } = compare(log, `${log}\n${cpu}`);
  expect(leftOut).toEqual([{ reason: 'measured only in the head', sites: 1 }]);
  expect(trust.find(({ code }) => code === 'one-sided')?.message).toBe(
    'the base has no cpu profile: cpu is not compared',
  );
});
