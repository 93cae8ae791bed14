import { expect, test } from 'vitest';
import { analyseLocks } from './analyse';
import type { ProfileSide } from './input';
import { siteOfStack } from './site';

interface Seen {
  /** Leaf first. */
  readonly stack: string;
  readonly waits: number;
  readonly delaySeconds: number;
  /** Goroutines waiting in the busiest window of 10 s. */
  readonly busiest: number;
  readonly pods?: number;
}

/** The list that a wait ends up in after ten minutes of 10 s windows a pod. */
function laneOf({ stack, waits, delaySeconds, busiest, pods = 1 }: Seen, windowMs = 10_000): string {
  const frames = stack.split(' ; ').map((name) => ({ function: name, file: 'x.go', line: 1, startLine: 1 }));
  const { site, lock } = siteOfStack(frames, 'wait', { wrappers: [] });
  const max = { rate: busiest * 1e9, at: 0, wallMs: windowMs };
  const row = { count: waits, value: delaySeconds * 1e9, max, series: pods };
  const block: ProfileSide = {
    sites: [{ site, ...row }],
    locks: [{ site: lock, ...row }],
    wallMs: 600_000 * pods,
    series: pods,
    other: undefined,
  };
  const sampling = { blockRateNs: 1, mutexFraction: 1, goVersions: ['go1.23.5'], goInferred: false };
  const analysis = analyseLocks({ block, mutex: undefined, sampling, idleFunctions: [] });
  return (['locks', 'waits', 'idle'] as const).filter((lane) => analysis[lane].length > 0).join();
}

// As recorded: a tick every 10 s, of which writing takes 80 ms; two ticks can end in one window.
const ticker = { stack: 'runtime.selectgo ; truth.(*Recorder).Run ; main.main.func1', waits: 59, delaySeconds: 585 };

test('a loop around a ticker that a closure starts is idle on one pod and on six', () => {
  expect(laneOf({ ...ticker, busiest: 1.01 })).toBe('idle');
  expect(laneOf({ ...ticker, busiest: 1.98 })).toBe('idle');
  expect(laneOf({ ...ticker, waits: 6 * 59, delaySeconds: 6 * 585, busiest: 1.01, pods: 6 })).toBe('idle');
});

test('a wait of two minutes falls whole into one window, and is still that of one goroutine', () => {
  expect(laneOf({ ...ticker, waits: 5, delaySeconds: 600, busiest: 12.01 })).toBe('idle');
});

const ask = 'shop.(*Client).ask ; shop.(*Server).serve ; main.main';
test.each<[string, Seen]>([
  ['a send to a slow receiver', { ...ticker, stack: `runtime.chansend1 ; ${ask}`, busiest: 1 }],
  ['waiting for work of others', { ...ticker, stack: `sync.(*WaitGroup).Wait ; ${ask}`, busiest: 1 }],
  ['a database pool', { ...ticker, stack: 'runtime.selectgo ; database/sql.(*DB).conn ; shop.Load', busiest: 1 }],
  ['a slow answer', { ...ticker, stack: 'runtime.selectgo ; net/http.(*persistConn).roundTrip ; a.F', busiest: 1 }],
  ['two who always wait', { stack: `runtime.selectgo ; ${ask}`, waits: 118, delaySeconds: 1_170, busiest: 2 }],
  ['short waits', { stack: `runtime.selectgo ; ${ask}`, waits: 20_000, delaySeconds: 590, busiest: 1 }],
  ['a part of the time', { stack: `runtime.selectgo ; ${ask}`, waits: 59, delaySeconds: 480, busiest: 1 }],
  ['few waits', { stack: `runtime.selectgo ; ${ask}`, waits: 4, delaySeconds: 590, busiest: 1 }],
  ['sixty who wait at once', { stack: `runtime.selectgo ; ${ask}`, waits: 60, delaySeconds: 600, busiest: 60 }],
])('%s is no idle loop', (_, seen) => {
  expect(laneOf(seen)).toBe('waits');
});

test('one window for all ten minutes tells nothing about when the waits were', () => {
  expect(laneOf({ ...ticker, busiest: 0.975 }, 600_000)).toBe('waits');
});
