import { describe, expect, test } from 'vitest';
import { type TruthCall, truthTrace } from '../../tests/support/trace-truth';
import { holdMode, holdStart } from './lock-trace';
import { nearestRank } from './percentiles';

const truth = truthTrace('truth-go1.26');
const shards = truthTrace('eight-locks-go1.26');
const recorder = truthTrace('recorder-go1.26');

describe.each([
  ['truth-go1.26', truth, 4_800],
  ['eight-locks-go1.26', shards, 2_000],
  ['recorder-go1.26', recorder, 1_000],
])('%s against what the program wrote of its own calls', (_, { found, waits, callOf }, atLeast) => {
  test('every wait is one call, and no call is two waits', () => {
    const used = new Set<TruthCall>();
    for (const wait of waits) {
      const call = callOf(wait);
      expect(call, `the wait at ${found.waits.beginNs[wait]} ns`).toBeDefined();
      if (call === undefined) return;
      expect(used.has(call), `the call at ${call.requestNs} ns comes twice`).toBe(false);
      used.add(call);
    }
    expect(used.size).toBeGreaterThan(atLeast);
  });

  test('the length of waits, re-blocks merged, is within 10 µs at P99', () => {
    const errors = waits.map((wait) => {
      const call = callOf(wait);
      const length = (found.waits.acquiredNs[wait] ?? 0) - (found.waits.beginNs[wait] ?? 0);
      return call === undefined ? Number.POSITIVE_INFINITY : Math.abs(length - (call.acquiredNs - call.requestNs));
    });
    expect(nearestRank(Float64Array.from(errors).sort(), 0.99)).toBeLessThan(10_000);
  });
});

test.each([
  ['eight-locks-go1.26', shards],
  ['recorder-go1.26', recorder],
])(
  '%s: with many locks behind one call site, every episode holds waits of one instance only',
  (_, { found, waits, callOf }) => {
    const instances = new Map<number, Set<string | undefined>>();
    for (const wait of waits) {
      const episode = found.waits.episode[wait] ?? 0;
      instances.set(episode, (instances.get(episode) ?? new Set()).add(callOf(wait)?.instance));
    }
    const mixed = [...instances].filter(([, set]) => set.size > 1);
    expect(mixed).toEqual([]);
    expect(instances.size).toBeLessThan(0.9 * waits.length);
  },
);

test('at least 85 % of the time that writers held is exact at both ends', () => {
  const { holds } = truth.found;
  let exactNs = 0;
  for (let hold = 0; hold < holds.count; hold += 1) {
    if (holds.mode[hold] !== holdMode.write || holds.start[hold] !== holdStart.exact) continue;
    const end = holds.endNs[hold] ?? 0;
    const call = truth
      .callsOf(holds.goroutine[hold] ?? 0)
      .find((one) => one.kind === 'W' && Math.abs(one.releaseNs - end) < 50_000);
    exactNs += call === undefined ? 0 : call.releaseNs - call.acquiredNs;
  }
  const writes = truth.calls.filter((call) => call.kind === 'W');
  const heldNs = writes.reduce((sum, call) => sum + call.releaseNs - call.acquiredNs, 0);
  expect(exactNs / heldNs).toBeGreaterThan(0.85);
});

test.each([
  ['truth-go1.26', truth],
  ['eight-locks-go1.26', shards],
  ['recorder-go1.26', recorder],
])(
  '%s: the start of 98 % of the holds that are called exact is where the program says it acquired',
  (_, { found, callsOf }) => {
    const { holds } = found;
    let exact = 0;
    let wrong = 0;
    for (let hold = 0; hold < holds.count; hold += 1) {
      if (holds.start[hold] !== holdStart.exact || Number.isNaN(holds.endNs[hold])) continue;
      const end = holds.endNs[hold] ?? 0;
      const call = callsOf(holds.goroutine[hold] ?? 0).find((one) => Math.abs(one.releaseNs - end) < 20_000);
      if (call === undefined) continue;
      exact += 1;
      if (Math.abs(call.acquiredNs - (holds.startNs[hold] ?? 0)) > 20_000) wrong += 1;
    }
    expect(exact).toBeGreaterThan(100);
    expect(wrong / exact).toBeLessThan(0.02);
  },
);

test('exact percentiles are those of the calls that blocked, within 1 %', () => {
  const { found, waits, callOf } = truth;
  const mutex = found.locks.find((lock) => lock.name === 'main.muser');
  expect(mutex?.family).toBe('Mutex');
  const lengths = waits
    .filter((wait) => found.locks[found.waits.lock[wait] ?? 0] === mutex)
    .map((wait) => (callOf(wait)?.acquiredNs ?? 0) - (callOf(wait)?.requestNs ?? 0));
  const sorted = Float64Array.from(lengths).sort();
  for (const [share, got] of [
    [0.5, mutex?.percentiles.p50Ns],
    [0.9, mutex?.percentiles.p90Ns],
    [0.99, mutex?.percentiles.p99Ns],
    [1, mutex?.percentiles.maxNs],
  ] as const) {
    expect(Math.abs((got ?? 0) / (nearestRank(sorted, share) ?? 1) - 1)).toBeLessThan(0.01);
  }
});

test('readers and writers of one RWMutex are one lock, joined along its wake-ups', () => {
  const { locks, sites } = truth.found;
  const lock = locks.find((one) => one.family === 'RWMutex');
  const waiters = lock?.waiters.map(({ site }) => `${sites[site]?.kind} ${sites[site]?.function}`).sort();
  expect(waiters).toEqual([
    'RWMutex.Lock (readers drain) main.writer',
    'RWMutex.Lock main.writer',
    'RWMutex.RLock main.reader',
  ]);
  const holders = lock?.holders.map(({ site }) => `${sites[site]?.kind} ${sites[site]?.function}`).sort();
  expect(holders).toEqual(['RWMutex.RUnlock main.reader', 'RWMutex.Unlock main.writer']);
});
