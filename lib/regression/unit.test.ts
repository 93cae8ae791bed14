import { expect, test } from 'vitest';
import { armOfText, levels } from '@/tests/support/run-scene';
import { compareRuns } from './compare';
import { defaultOptions } from './options';

const log = `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(8_000, 20)}`;

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

test('a process with several benchmarks has the run as its unit, times apart', () => {
  const per = { ops: undefined, requests: undefined, seconds: 2 };
  const text = `${log}\n time shop.BenchmarkPut | ${levels(10_000, 1)}\n time shop.BenchmarkGet | ${levels(20_000, 1)}`;
  const { unit, sites } = compareRuns(armOfText(text, { per }), armOfText(text, { per }), defaultOptions);
  expect(unit).toBe('run');
  expect(sites.filter(({ metric }) => metric === 'time').map(({ base }) => Math.round(base.median))).toEqual([
    20_100, 10_050,
  ]);
});
