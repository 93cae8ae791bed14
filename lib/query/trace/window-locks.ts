import { addDoing, nothingDone } from '@/lib/locktrace/doing';
import { holdStart, type TracedHolder, type TracedLock, type Waits } from '@/lib/locktrace/lock-trace';
import { nearestRank } from '@/lib/locktrace/percentiles';
import { tracedLocks } from '@/lib/locktrace/traced-locks';
import type { TraceView } from './trace-view';

/**
 * The locks by the waits that begin and the holds that end in [fromNs, toNs), by total wait falling; those without
 * either are left out. Queues are averaged over the window. O(waits log waits).
 */
export function locksWithin(view: TraceView, fromNs: number, toNs: number): TracedLock[] {
  const { head, waits } = view.kept;
  if (fromNs <= 0 && toNs >= head.durationNs) return [...head.locks];
  const holders = holdersWithin(view, fromNs, toNs);
  const within = waitsWithin(waits, fromNs, toNs);
  const { locks } = tracedLocks(head.locks, within, head.durationNs, holders);
  const share = head.durationNs / (toNs - fromNs);
  return locks
    .filter((lock) => lock.waits > 0 || lock.holders.length > 0)
    .map((lock) => ({ ...lock, queue: { ...lock.queue, avg: lock.queue.avg * share } }));
}

function waitsWithin(waits: Waits, fromNs: number, toNs: number): Waits {
  const inside = waits.beginNs.map((ns) => Number(ns >= fromNs && ns < toNs));
  const is = (_: number, row: number) => inside[row] === 1;
  return {
    count: inside.reduce((sum, one) => sum + one, 0),
    lock: waits.lock.filter(is),
    site: waits.site.filter(is),
    goroutine: waits.goroutine.filter(is),
    stack: waits.stack.filter(is),
    beginNs: waits.beginNs.filter(is),
    grantedNs: waits.grantedNs.filter(is),
    acquiredNs: waits.acquiredNs.filter(is),
    blockedNs: waits.blockedNs.filter(is),
    wakeupNs: waits.wakeupNs.filter(is),
    by: waits.by.filter(is),
    byStack: waits.byStack.filter(is),
    drainBeginNs: waits.drainBeginNs.filter(is),
    drainEndNs: waits.drainEndNs.filter(is),
    hold: waits.hold.filter(is),
    blocks: waits.blocks.filter(is),
    flags: waits.flags.filter(is),
    episode: waits.episode.filter(is),
  };
}

/** Release sites of each lock. Their roles are those they have in the whole trace. */
function holdersWithin(view: TraceView, fromNs: number, toNs: number): TracedHolder[][] {
  const { head, holds } = view.kept;
  const rows = head.locks.map(() => new Map<number, number[]>());
  for (let hold = 0; hold < holds.count; hold += 1) {
    const end = holds.endNs[hold] ?? Number.NaN;
    const endNs = Number.isNaN(end) ? head.durationNs : end;
    // What had not ended with the trace counts in a window that reaches to its end.
    if (endNs < fromNs || endNs > toNs || (endNs === toNs && !Number.isNaN(end))) continue;
    const sites = rows[holds.lock[hold] ?? 0];
    const found = sites?.get(holds.site[hold] ?? 0) ?? [];
    found.push(hold);
    sites?.set(holds.site[hold] ?? 0, found);
  }
  return rows.map((sites, lock) =>
    [...sites]
      .map(([site, found]) => {
        const whole = head.locks[lock]?.holders.find((holder) => holder.site === site);
        return holderOf(view, site, found, whole?.role ?? 'holder');
      })
      .sort(
        (a, b) =>
          Number(a.role === 'releaser') - Number(b.role === 'releaser') ||
          b.waitReleasedNs - a.waitReleasedNs ||
          a.site - b.site,
      ),
  );
}

function holderOf(view: TraceView, site: number, found: readonly number[], role: TracedHolder['role']): TracedHolder {
  const { holds, head } = view.kept;
  const done = nothingDone();
  const counts = { exact: 0, bounded: 0, unknown: 0 };
  const lengths: number[] = [];
  let waitReleasedNs = 0;
  let releases = 0;
  for (const hold of found) {
    const end = holds.endNs[hold] ?? Number.NaN;
    const start = holds.start[hold];
    if (Number.isNaN(end) || start === holdStart.unknown) counts.unknown += 1;
    else if (start === holdStart.bounded) counts.bounded += 1;
    else {
      counts.exact += 1;
      lengths.push(end - (holds.startNs[hold] ?? end));
    }
    releases += Number.isNaN(end) ? 0 : 1;
    waitReleasedNs += holds.waitReleasedNs[hold] ?? 0;
    const endNs = Number.isNaN(end) ? head.durationNs : end;
    addDoing(done, view.doing(holds.goroutine[hold] ?? 0, holds.certainNs[hold] ?? endNs, endNs));
  }
  const sorted = Float64Array.from(lengths).sort();
  const goroutines = new Set(found.map((hold) => holds.goroutine[hold] ?? 0));
  const [only] = goroutines;
  return {
    ...{ site, role, releases, waitReleasedNs },
    goroutine: goroutines.size === 1 && only !== undefined ? view.id(only) : null,
    holdP50Ns: nearestRank(sorted, 0.5),
    holdMaxNs: sorted.at(-1) ?? null,
    holds: counts,
    doing: done,
  };
}
