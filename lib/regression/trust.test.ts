import { expect, test } from 'vitest';
import { armOfText, levels, sameMachine } from '@/tests/support/run-scene';
import { compareRuns } from './compare';
import { defaultOptions } from './options';

const compare = (base: string, head: string) =>
  compareRuns(armOfText(base), armOfText(head, { offsetMs: 500 }), defaultOptions);

const log = `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(8_000, 20)}`;

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

test('no contention on either side is said, and is no pass', () => {
  const empty = 'mutex Mutex.Unlock shop.(*Log).Write+3 | - - - - - - - - - -';
  const comparison = compare(empty, empty);
  expect([comparison.verdict, comparison.trust.at(-1)?.code]).toEqual(['inconclusive', 'no-contention']);
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
