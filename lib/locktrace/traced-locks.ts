import type { LockGroup } from './lock-groups';
import { type Holds, type TracedHolder, type TracedLock, type TracedWaiter, type Waits, waitFlag } from './lock-trace';
import { percentilesOf } from './percentiles';
import { queueDepth } from './queue';
import { lengthNs } from './wait-length';

/**
 * The locks of a trace with their numbers, by total wait falling, and the new number of each group. `holders[group]`
 * are a lock's release sites. O(waits log waits).
 */
export function tracedLocks(
  groups: readonly LockGroup[],
  waits: Waits,
  durationNs: number,
  holders: readonly (readonly TracedHolder[])[],
): { readonly locks: TracedLock[]; readonly numberOf: Uint32Array } {
  const rows = rowsByLock(waits, groups.length);
  const built = groups.map((group, index): TracedLock => {
    const own = rows[index] ?? new Uint32Array();
    const times = timesOf(waits, own, durationNs);
    return {
      ...group,
      ...times,
      episodes: episodesOf(waits, own),
      queue: queueOf(waits, own, durationNs),
      waiters: waitersOf(waits, own, times, durationNs),
      holders: holders[index] ?? [],
    };
  });
  const order = built
    .map((_, index) => index)
    .sort((a, b) => (built[b]?.totalNs ?? 0) - (built[a]?.totalNs ?? 0) || a - b);
  const numberOf = new Uint32Array(groups.length);
  for (const [number, group] of order.entries()) numberOf[group] = number;
  return { locks: order.flatMap((group) => built[group] ?? []), numberOf };
}

/** Rows of each lock in their order. */
function rowsByLock(waits: Waits, locks: number): Uint32Array[] {
  const counts = new Uint32Array(locks);
  for (const lock of waits.lock) counts[lock] = (counts[lock] ?? 0) + 1;
  const rows = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let row = 0; row < waits.count; row += 1) {
    const lock = waits.lock[row] ?? 0;
    const index = counts[lock] ?? 0;
    const own = rows[lock];
    if (own !== undefined) own[index] = row;
    counts[lock] = index + 1;
  }
  return rows;
}

/** Episodes with a wait in `rows`, which are all of one lock. */
function episodesOf(waits: Waits, rows: Uint32Array): number {
  let begun = 0;
  // Names that the program logged may part the waits of one episode: then its first wait is of another lock.
  const shared = new Set<number>();
  for (const row of rows) {
    const episode = waits.episode[row] ?? 0;
    if (episode === row) begun += 1;
    else if (waits.lock[episode] !== waits.lock[row]) shared.add(episode);
  }
  return begun + shared.size;
}

type Times = Pick<TracedLock, 'waits' | 'blockedNs' | 'wakeupNs' | 'totalNs' | 'percentiles'>;

/** Sums and percentiles of some waits; those cut off by the trace's start or end are censored. */
function timesOf(waits: Waits, rows: Uint32Array, durationNs: number): Times {
  const totals = new Float64Array(rows.length);
  // Completed ones from the front, censored ones from the back.
  let completed = 0;
  let censored = rows.length;
  let blockedNs = 0;
  let wakeupNs = 0;
  let totalNs = 0;
  for (const row of rows) {
    const flags = waits.flags[row] ?? 0;
    const blocked = waits.blockedNs[row] ?? 0;
    const wakeup = waits.wakeupNs[row] ?? 0;
    const total = lengthNs(
      waits.beginNs[row] ?? 0,
      waits.grantedNs[row] ?? Number.NaN,
      waits.acquiredNs[row] ?? Number.NaN,
      blocked + wakeup,
      durationNs,
    );
    if ((flags & (waitFlag.unfinished | waitFlag.beganBefore)) !== 0) {
      censored -= 1;
      totals[censored] = total;
    } else {
      totals[completed] = total;
      completed += 1;
    }
    blockedNs += blocked;
    wakeupNs += wakeup;
    totalNs += total;
  }
  const percentiles = percentilesOf(totals.subarray(0, completed), totals.subarray(completed));
  return { waits: rows.length, blockedNs, wakeupNs, totalNs, percentiles };
}

function queueOf(waits: Waits, rows: Uint32Array, durationNs: number): TracedLock['queue'] {
  const begins = new Float64Array(rows.length);
  const ends = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const begin = waits.beginNs[row] ?? 0;
    const granted = waits.grantedNs[row] ?? Number.NaN;
    begins[index] = begin;
    ends[index] = Number.isNaN(granted) ? durationNs : Math.max(granted, begin);
  }
  return queueDepth(begins, ends, durationNs);
}

/** `all` are the times of all rows together. */
function waitersOf(waits: Waits, rows: Uint32Array, all: Times, durationNs: number): TracedWaiter[] {
  const sites = new Set<number>();
  for (const row of rows) sites.add(waits.site[row] ?? 0);
  return [...sites]
    .map((site) => {
      const own = () => rows.filter((row) => waits.site[row] === site);
      const { waits: count, totalNs, percentiles } = sites.size === 1 ? all : timesOf(waits, own(), durationNs);
      return { site, waits: count, totalNs, percentiles };
    })
    .sort((a, b) => b.totalNs - a.totalNs || a.site - b.site);
}

/** Locks under their new numbers, in place. */
export function renumber(columns: Pick<Waits, 'lock'> | Pick<Holds, 'lock'>, numberOf: Uint32Array): void {
  for (let row = 0; row < columns.lock.length; row += 1) columns.lock[row] = numberOf[columns.lock[row] ?? 0] ?? 0;
}
