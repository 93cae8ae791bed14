import type { Trace } from '@/lib/gotrace/trace';
import { addDoing, nothingDone } from './doing';
import { type Doing, holdMode, holdStart, type TracedHolder, type Waits } from './lock-trace';
import { nearestRank } from './percentiles';

/** A hold that somebody waited for; the columns of `Holds` say what each part means. */
export interface Hold {
  readonly lock: number;
  readonly site: number;
  readonly goroutine: number;
  readonly stack: number;
  readonly mode: number;
  readonly start: number;
  readonly startNs: number;
  readonly certainNs: number;
  readonly endNs: number;
  /** The holder's newest row in the log at `endNs`. */
  readonly lastRow: number;
  readonly woken: readonly number[];
  waitReleasedNs: number;
}

/** The release sites of each lock, by the waiting that they ended falling, those that only let others go last. */
export function holdersOf(
  holds: readonly Hold[],
  doing: readonly Doing[],
  { locks, trace, waits }: { readonly locks: readonly unknown[]; readonly trace: Trace; readonly waits: Waits },
): TracedHolder[][] {
  const bySite = locks.map(() => new Map<number, number[]>());
  for (const [number, hold] of holds.entries()) {
    const sites = bySite[hold.lock];
    const list = sites?.get(hold.site) ?? [];
    list.push(number);
    sites?.set(hold.site, list);
  }
  return bySite.map((sites) =>
    [...sites]
      .map(([site, numbers]) =>
        holderOf(
          site,
          numbers.flatMap((number) => holds[number] ?? []),
          numbers.flatMap((number) => doing[number] ?? []),
          trace,
          waits,
        ),
      )
      .sort(
        (a, b) =>
          Number(a.role === 'releaser') - Number(b.role === 'releaser') ||
          b.waitReleasedNs - a.waitReleasedNs ||
          a.site - b.site,
      ),
  );
}

function holderOf(
  site: number,
  holds: readonly Hold[],
  doing: readonly Doing[],
  trace: Trace,
  waits: Waits,
): TracedHolder {
  const exact = holds.filter((hold) => hold.start === holdStart.exact && !Number.isNaN(hold.endNs));
  const lengths = Float64Array.from(exact, (hold) => hold.endNs - hold.startNs).sort();
  const goroutines = new Set(holds.map((hold) => hold.goroutine));
  const only = goroutines.size === 1 ? holds[0]?.goroutine : undefined;
  const done = nothingDone();
  for (const part of doing) addDoing(done, part);
  const waitReleasedNs = holds.reduce((sum, hold) => sum + hold.waitReleasedNs, 0);
  return {
    site,
    goroutine: only === undefined ? null : (trace.goroutines.id[only] ?? null),
    role: releasesMostlyPending(holds, waits) ? 'releaser' : 'holder',
    releases: holds.filter((hold) => !Number.isNaN(hold.endNs)).length,
    waitReleasedNs,
    holdP50Ns: nearestRank(lengths, 0.5),
    holdMaxNs: lengths.at(-1) ?? null,
    holds: {
      exact: exact.length,
      bounded: holds.filter((hold) => hold.start === holdStart.bounded).length,
      unknown: holds.filter((hold) => hold.start === holdStart.unknown || Number.isNaN(hold.endNs)).length,
    },
    doing: done,
  };
}

/** A writer that woke readers which had waited mostly while it was itself waiting for an earlier reader. */
function releasesMostlyPending(holds: readonly Hold[], waits: Waits): boolean {
  let pendingNs = 0;
  let allNs = 0;
  for (const hold of holds) {
    if (hold.mode !== holdMode.write || hold.start === holdStart.unknown) continue;
    for (const row of hold.woken) {
      const begin = waits.beginNs[row] ?? 0;
      const granted = waits.grantedNs[row] ?? begin;
      allNs += granted - begin;
      pendingNs += Math.max(Math.min(granted, hold.certainNs) - begin, 0);
    }
  }
  return allNs > 0 && pendingNs > allNs / 2;
}
