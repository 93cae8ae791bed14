import { expect, test } from 'vitest';
import { armOfText, levels } from '@/tests/support/run-scene';
import { compareRuns } from './compare';
import { defaultOptions } from './options';

const compare = (base: string, head: string) =>
  compareRuns(armOfText(base), armOfText(head, { offsetMs: 500 }), defaultOptions);

const log = `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${levels(8_000, 20)}`;

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
