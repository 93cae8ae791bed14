import type { LockEntry } from '@/lib/contention/lock';
import { groupBy } from '@/lib/group-by';
import type { Group, SeriesResult } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { cellOf, groupsByBuild } from './build-windows';
import type { HeatMap, LockDetail, Timeline } from './result';
import { blockDelay, type SampleReads, type Scope, selectionOf } from './scope';
import { inPhaseOrder } from './stalls';
import { waitingLine } from './waiting-line';

/**
 * Goroutines waiting over time: one line a lock for the first `top` of `locks`, the rest in `other`.
 * `unit: 'sum'` multiplies averages by the number of pods; maxima stay those of one pod and one lock.
 */
export async function queryTimeline(
  store: SampleReads,
  service: string,
  scope: Scope,
  locks: readonly LockEntry[],
  options: { readonly stepMs: number; readonly top: number; readonly unit: 'pod' | 'sum'; readonly pods: number },
): Promise<Timeline> {
  const rows = locks.flatMap((entry) => entry.waitRows);
  const result = await store.series(selectionOf(service, scope, blockDelay), {
    sites: rows,
    perSite: true,
    groupBy: [],
    stepMs: options.stepMs,
  });
  const scale = options.unit === 'sum' ? Math.max(1, options.pods) : 1;
  const groupsOf = (entries: readonly LockEntry[]) => {
    const wanted = new Set(entries.flatMap((entry) => entry.waitRows));
    return result.groups.filter((group) => group.site !== undefined && wanted.has(group.site.id));
  };
  const line = (name: string, entries: readonly LockEntry[]) =>
    waitingLine(name, groupsOf(entries), result.buckets, scale);
  const rest = locks.slice(options.top);
  return {
    from: result.from,
    stepMs: result.stepMs,
    buckets: result.buckets,
    lines: [
      ...locks.slice(0, options.top).map((entry) => ({ ...line(entry.lock.name, [entry]), lockId: entry.lock.id })),
      ...(rest.length === 0 ? [] : [{ ...line(`${rest.length} other locks`, rest), lockId: undefined }]),
    ],
    total: line('all locks', locks),
  };
}

/** The rows of one lock per pod and build: the source of the heat map and of the build table. */
export function queryPods(
  store: SampleReads,
  service: string,
  scope: Scope,
  entry: LockEntry,
  stepMs: number,
): Promise<SeriesResult> {
  return store.series(selectionOf(service, scope, blockDelay), {
    sites: entry.waitRows,
    groupBy: ['build', 'pod'],
    stepMs,
  });
}

/** The busiest native window of each pod and bucket, rows in phase order. */
export function heatMapOf(result: SeriesResult): HeatMap {
  const pods = groupBy(result.groups, (group) => group.by.pod ?? '');
  const rows = [...pods].map(([pod, groups]) => ({
    pod,
    build: lastBuild(groups),
    max: waitingLine(pod, groups, result.buckets, 1).max,
  }));
  return { from: result.from, stepMs: result.stepMs, buckets: result.buckets, rows: inPhaseOrder(rows) };
}

/** One row a build, oldest first: what it waited at this lock, on how many pods, since when. */
export function buildsOf(result: SeriesResult): LockDetail['builds'] {
  return [...groupsByBuild(result)]
    .map(([build, groups]) => {
      const firstBucket = Math.min(
        ...groups.map((group) => group.wallMs.findIndex((wall) => wall > 0)).filter((index) => index >= 0),
      );
      return {
        build,
        ...(cellOf(groups) ?? { avg: 0, max: 0 }),
        first: unixMs(result.from + (Number.isFinite(firstBucket) ? firstBucket : 0) * result.stepMs),
        pods: new Set(groups.map((group) => group.by.pod)).size,
      };
    })
    .sort((a, b) => a.first - b.first || a.build.localeCompare(b.build));
}

/** The build of the group whose data reaches furthest. */
function lastBuild(groups: readonly Group[]): string {
  const end = (wallMs: Float64Array): number => wallMs.findLastIndex((wall) => wall > 0);
  const [newest] = [...groups].sort((a, b) => end(b.wallMs) - end(a.wallMs));
  return newest?.by.build ?? '';
}
