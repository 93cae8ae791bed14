import type { TracedLock } from '@/lib/locktrace/lock-trace';
import { convoyRow } from './convoy-rows';
import { goVersionOf } from './go-version';
import { headlineOf } from './headline';
import type { TraceLockRow, TraceSummary } from './result';
import { siteOf } from './tile-holds';
import type { TraceView } from './trace-view';

/** All that a trace's page shows beside its pictures. Locks by total wait falling. */
export function summaryOf(view: TraceView): TraceSummary {
  const { head, goroutines } = view.kept;
  return {
    goVersion: goVersionOf(head.format),
    durationNs: head.durationNs,
    startUnixMs: head.clock.startUnixMs,
    events: head.events,
    goroutines: goroutines.count,
    generations: head.generations,
    locks: head.locks.map((lock) => lockRow(view, lock)),
    convoys: head.convoys.map((convoy) => convoyRow(view, convoy)),
    gc: head.gc,
    headline: headlineOf(view),
    notes: head.notes,
    lost: head.lost.map(({ code, message, bytes }) => ({ code, message, bytes })),
  };
}

export function lockRow(view: TraceView, lock: TracedLock): TraceLockRow {
  const { id, name, family, isLock, waits, totalNs, blockedNs, wakeupNs, percentiles, queue } = lock;
  return {
    ...{ id, name, family, isLock, waits, totalNs, blockedNs, wakeupNs, percentiles },
    queueAvg: queue.avg,
    queueMax: queue.max,
    queueMaxAtNs: queue.maxAtNs,
    waiters: lock.waiters.map((waiter) => ({ ...waiter, site: siteOf(view, waiter.site) })),
    holders: lock.holders.map((holder) => ({ ...holder, site: siteOf(view, holder.site) })),
  };
}
