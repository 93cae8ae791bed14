import { Float64List } from '@/lib/profile/growable';
import type { LockGroup } from './lock-groups';
import { type Holds, type TracedHolder, type TracedLock, type TracedWaiter, type Waits, waitFlag } from './lock-trace';
import { percentilesOf } from './percentiles';
import { queueDepth } from './queue';

/** Durations of some waits, those that ended inside the trace apart from those cut off by its start or end. */
class WaitTimes {
  readonly #completed = new Float64List();
  readonly #censored = new Float64List();
  readonly begins = new Float64List();
  readonly ends = new Float64List();
  blockedNs = 0;
  wakeupNs = 0;
  totalNs = 0;

  add(waits: Waits, row: number, durationNs: number): void {
    const flags = waits.flags[row] ?? 0;
    const beginNs = waits.beginNs[row] ?? 0;
    const unfinished = (flags & waitFlag.unfinished) !== 0;
    const granted = waits.grantedNs[row] ?? Number.NaN;
    const total = Math.max((unfinished ? durationNs : (waits.acquiredNs[row] ?? 0)) - beginNs, 0);
    ((flags & (waitFlag.unfinished | waitFlag.beganBefore)) === 0 ? this.#completed : this.#censored).push(total);
    this.begins.push(beginNs);
    this.ends.push(Number.isNaN(granted) ? durationNs : Math.max(granted, beginNs));
    this.blockedNs += waits.blockedNs[row] ?? 0;
    this.wakeupNs += waits.wakeupNs[row] ?? 0;
    this.totalNs += total;
  }

  get waits(): number {
    return this.begins.length;
  }

  percentiles() {
    return percentilesOf(this.#completed.view(), this.#censored.view());
  }
}

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
  const times = groups.map(() => ({
    all: new WaitTimes(),
    sites: new Map<number, WaitTimes>(),
    episodes: 0,
    /** Episodes that began at another lock: names that the program logged may part them. */
    shared: new Set<number>(),
  }));
  for (let row = 0; row < waits.count; row += 1) {
    const lock = times[waits.lock[row] ?? 0];
    if (lock === undefined) continue;
    const site = waits.site[row] ?? 0;
    const ofSite = lock.sites.get(site) ?? new WaitTimes();
    lock.sites.set(site, ofSite);
    ofSite.add(waits, row, durationNs);
    lock.all.add(waits, row, durationNs);
    const episode = waits.episode[row] ?? 0;
    if (episode === row) lock.episodes += 1;
    else if (waits.lock[episode] !== waits.lock[row]) lock.shared.add(episode);
  }
  const built = groups.map((group, index): TracedLock => {
    const { all, sites, episodes, shared } = times[index] ?? {
      all: new WaitTimes(),
      sites: new Map<number, WaitTimes>(),
      episodes: 0,
      shared: new Set(),
    };
    return {
      ...group,
      waits: all.waits,
      episodes: episodes + shared.size,
      blockedNs: all.blockedNs,
      wakeupNs: all.wakeupNs,
      totalNs: all.totalNs,
      percentiles: all.percentiles(),
      queue: queueDepth(all.begins.view(), all.ends.view(), durationNs),
      waiters: waitersOf(sites),
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

function waitersOf(sites: ReadonlyMap<number, WaitTimes>): TracedWaiter[] {
  return [...sites]
    .map(([site, times]) => ({ site, waits: times.waits, totalNs: times.totalNs, percentiles: times.percentiles() }))
    .sort((a, b) => b.totalNs - a.totalNs || a.site - b.site);
}

/** Locks under their new numbers, in place. */
export function renumber(columns: Pick<Waits, 'lock'> | Pick<Holds, 'lock'>, numberOf: Uint32Array): void {
  for (let row = 0; row < columns.lock.length; row += 1) columns.lock[row] = numberOf[columns.lock[row] ?? 0] ?? 0;
}
