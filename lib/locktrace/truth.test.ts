import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from './analyse';
import { holdMode, holdStart, type LockTrace, waitFlag } from './lock-trace';
import { nearestRank } from './percentiles';

/** A call as the program itself wrote it down; times as the trace counts them. */
interface Call {
  readonly kind: string;
  readonly requestNs: number;
  readonly acquiredNs: number;
  readonly releaseNs: number;
}

const folder = 'tests/fixtures/gotrace';
let trace: Trace;
let found: LockTrace;
let calls: Map<number, Call[]>;

beforeAll(() => {
  trace = readTrace(bufferSource(readFileSync(`${folder}/traces/truth-go1.26.trace`)));
  found = analyseLocks(trace);
  calls = truthOf('truth-go1.26', trace.clock.startMonotonicNs);
});

/** The program's own record by goroutine: goroutine, kind (M, R, W), request, acquired, release, in ns of the machine's clock. */
function truthOf(name: string, startNs: number): Map<number, Call[]> {
  const byGoroutine = new Map<number, Call[]>();
  for (const line of gunzipSync(readFileSync(`${folder}/expected/${name}.csv.gz`))
    .toString()
    .trim()
    .split('\n')) {
    const [goroutine = '', kind = '', request, acquired, release] = line.split(' ');
    const list = byGoroutine.get(Number(goroutine)) ?? [];
    list.push({
      kind,
      requestNs: Number(request) - startNs,
      acquiredNs: Number(acquired) - startNs,
      releaseNs: Number(release) - startNs,
    });
    byGoroutine.set(Number(goroutine), list);
  }
  return byGoroutine;
}

function callsOf(goroutine: number): readonly Call[] {
  return calls.get(trace.goroutines.id[goroutine] ?? -1) ?? [];
}

/** Rows of the program's own lock calls that ended inside the trace. */
function completedWaits(): number[] {
  const { waits, sites } = found;
  return Array.from({ length: waits.count }, (_, row) => row).filter((row) => {
    const cut = ((waits.flags[row] ?? 0) & (waitFlag.beganBefore | waitFlag.unfinished)) !== 0;
    return !cut && /^main\.(reader|writer|muser)$/.test(sites[waits.site[row] ?? 0]?.function ?? '');
  });
}

describe('against what the program wrote of its own calls', () => {
  test('every wait is one call, and no call is two waits', () => {
    const { waits } = found;
    const used = new Set<Call>();
    for (const row of completedWaits()) {
      const begin = waits.beginNs[row] ?? 0;
      const call = callsOf(waits.goroutine[row] ?? 0).find(
        (one) => one.requestNs <= begin + 1_000 && begin <= one.acquiredNs,
      );
      expect(call, `the wait at ${begin} ns`).toBeDefined();
      if (call === undefined) return;
      expect(used.has(call), `the call at ${call.requestNs} ns comes twice`).toBe(false);
      used.add(call);
    }
    expect(used.size).toBeGreaterThan(4_800);
  });

  test('the length of waits, re-blocks merged, is within 10 µs at P99', () => {
    const { waits } = found;
    const errors = completedWaits().map((row) => {
      const [begin, end] = [waits.beginNs[row] ?? 0, waits.acquiredNs[row] ?? 0];
      const call = callsOf(waits.goroutine[row] ?? 0).find(
        (one) => one.requestNs <= begin + 1_000 && begin <= one.acquiredNs,
      );
      return call === undefined ? Number.POSITIVE_INFINITY : Math.abs(end - begin - (call.acquiredNs - call.requestNs));
    });
    expect(nearestRank(Float64Array.from(errors).sort(), 0.99)).toBeLessThan(10_000);
  });

  test('at least 85 % of the time that writers held is exact at both ends', () => {
    const { holds } = found;
    let exactNs = 0;
    for (let hold = 0; hold < holds.count; hold += 1) {
      if (holds.mode[hold] !== holdMode.write || holds.start[hold] !== holdStart.exact) continue;
      const end = holds.endNs[hold] ?? 0;
      const call = callsOf(holds.goroutine[hold] ?? 0).find(
        (one) => one.kind === 'W' && Math.abs(one.releaseNs - end) < 50_000,
      );
      exactNs += call === undefined ? 0 : call.releaseNs - call.acquiredNs;
    }
    let heldNs = 0;
    for (const list of calls.values())
      for (const call of list) if (call.kind === 'W') heldNs += call.releaseNs - call.acquiredNs;
    expect(exactNs / heldNs).toBeGreaterThan(0.85);
  });

  test('exact percentiles are those of the calls that blocked', () => {
    const mutex = found.locks.find((lock) => lock.name === 'main.muser');
    expect(mutex?.family).toBe('Mutex');
    const waited = completedWaits()
      .filter((row) => found.locks[found.waits.lock[row] ?? 0] === mutex)
      .map((row) => {
        const begin = found.waits.beginNs[row] ?? 0;
        const call = callsOf(found.waits.goroutine[row] ?? 0).find(
          (one) => one.requestNs <= begin + 1_000 && begin <= one.acquiredNs,
        );
        return (call?.acquiredNs ?? 0) - (call?.requestNs ?? 0);
      });
    const truth = Float64Array.from(waited).sort();
    for (const [share, got] of [
      [0.5, mutex?.percentiles.p50Ns],
      [0.99, mutex?.percentiles.p99Ns],
      [1, mutex?.percentiles.maxNs],
    ] as const) {
      expect(Math.abs((got ?? 0) / (nearestRank(truth, share) ?? 1) - 1)).toBeLessThan(0.01);
    }
  });
});

test('readers and writers of one RWMutex are one lock, joined along its wake-ups', () => {
  const lock = found.locks.find((one) => one.family === 'RWMutex');
  const waiters = lock?.waiters.map(({ site }) => `${found.sites[site]?.kind} ${found.sites[site]?.function}`).sort();
  expect(waiters).toEqual([
    'RWMutex.Lock (readers drain) main.writer',
    'RWMutex.Lock main.writer',
    'RWMutex.RLock main.reader',
  ]);
  const holders = lock?.holders.map(({ site }) => `${found.sites[site]?.kind} ${found.sites[site]?.function}`).sort();
  expect(holders).toEqual(['RWMutex.RUnlock main.reader', 'RWMutex.Unlock main.writer']);
});
