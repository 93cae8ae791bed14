import type { SiteId } from '@/lib/profile/site';
import type { ProfileSide, SiteRow } from './input';
import type { WaitingNumbers } from './lock';

const unknown: WaitingNumbers = {
  avg: null,
  max: null,
  maxAt: null,
  maxPod: null,
  bucketSeconds: null,
  pods: null,
  sumAvg: null,
};

/**
 * Goroutines waiting at a lock: `avg` = delay over wall time of the pods' windows, `max` = the busiest native window
 * of one pod, from the lock-level rows `ids`. A lock made of several rows has the largest of their maxima or its
 * average, whichever is larger: a lower bound. Without a known length nothing is told.
 */
export function waitingNumbers(
  side: ProfileSide | undefined,
  waits: readonly SiteRow[],
  ids: readonly SiteId[],
): WaitingNumbers {
  if (side === undefined) return unknown;
  if (side.wallMs === undefined || side.wallMs <= 0) return unknown;
  const rows = side.locks.filter((row) => ids.includes(row.site.id));
  const pods = rows.length === 0 ? 0 : Math.max(...rows.map((row) => row.series));
  const avg = waits.reduce((sum, row) => sum + row.value, 0) / (side.wallMs * 1e6);
  const busiest = rows.flatMap((row) => (row.max === undefined ? [] : [row.max])).sort((a, b) => b.rate - a.rate)[0];
  if (busiest === undefined) {
    return { ...unknown, avg, max: waits.length === 0 ? 0 : null, pods, sumAvg: avg * side.series };
  }
  return {
    avg,
    // No window can be below the average of all: that bounds a lock made of several rows better than its busiest row.
    max: Math.max(avg, busiest.rate / 1e9),
    maxAt: busiest.at === undefined ? null : new Date(busiest.at).toISOString(),
    maxPod: busiest.pod ?? null,
    bucketSeconds: busiest.wallMs / 1e3,
    pods,
    sumAvg: avg * side.series,
  };
}
