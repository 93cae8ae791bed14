import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import { type LockTrace, waitFlag } from '@/lib/locktrace/lock-trace';

const folder = 'tests/fixtures/gotrace';

/** A lock call as the program itself wrote it down; times as the trace counts them. */
export interface TruthCall {
  /** M mutex, R read lock, W write lock. */
  readonly kind: string;
  readonly requestNs: number;
  readonly acquiredNs: number;
  readonly releaseNs: number;
  /** Which of several locks behind one call site; undefined where there is one. */
  readonly instance: string | undefined;
}

/** A recorded trace, its analysis, and what its program says of each call. */
export interface TruthTrace {
  readonly trace: Trace;
  readonly found: LockTrace;
  readonly calls: readonly TruthCall[];
  /** The calls of a goroutine of the trace (its index there). */
  callsOf(goroutine: number): readonly TruthCall[];
  /** Rows of `found.waits` at sites of package main that lie whole inside the trace. */
  readonly waits: readonly number[];
  /** The call that a wait belongs to; undefined when none does. */
  callOf(wait: number): TruthCall | undefined;
}

/** Reads `traces/NAME.trace` and `expected/NAME.csv.gz`. */
export function truthTrace(name: string): TruthTrace {
  const trace = readTrace(bufferSource(readFileSync(`${folder}/traces/${name}.trace`)));
  const found = analyseLocks(trace);
  const byGoroutine = readCalls(name, trace.clock.startMonotonicNs);
  const callsOf = (goroutine: number) => byGoroutine.get(trace.goroutines.id[goroutine] ?? -1) ?? [];
  const { waits, sites } = found;
  return {
    trace,
    found,
    calls: [...byGoroutine.values()].flat(),
    callsOf,
    waits: Array.from({ length: waits.count }, (_, row) => row).filter((row) => {
      const cut = ((waits.flags[row] ?? 0) & (waitFlag.beganBefore | waitFlag.unfinished)) !== 0;
      const site = sites[waits.site[row] ?? 0];
      return !cut && site?.function.startsWith('main.') === true && /^(?:RW)?Mutex\./.test(site.kind);
    }),
    callOf(wait) {
      const begin = waits.beginNs[wait] ?? 0;
      // The program takes the time of its request just before the call blocks.
      return callsOf(waits.goroutine[wait] ?? 0).find(
        (call) => call.requestNs <= begin + 1_000 && begin <= call.acquiredNs,
      );
    },
  };
}

function readCalls(name: string, startNs: number): Map<number, TruthCall[]> {
  const byGoroutine = new Map<number, TruthCall[]>();
  for (const line of gunzipSync(readFileSync(`${folder}/expected/${name}.csv.gz`))
    .toString()
    .trim()
    .split('\n')) {
    const [goroutine = '', kind = '', request, acquired, release, instance] = line.split(' ');
    const list = byGoroutine.get(Number(goroutine)) ?? [];
    list.push({
      kind,
      requestNs: Number(request) - startNs,
      acquiredNs: Number(acquired) - startNs,
      releaseNs: Number(release) - startNs,
      instance,
    });
    byGoroutine.set(Number(goroutine), list);
  }
  return byGoroutine;
}
