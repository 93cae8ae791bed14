import { groupBy } from '@/lib/group-by';
import type { BuildWindow } from '@/lib/regression/change-point';
import type { Group, SeriesResult } from '@/lib/store/port';

/** One lock in one build. */
export interface BuildCell {
  /** Goroutines waiting in one pod, over all its windows. */
  readonly avg: number;
  /** The busiest native window of one pod. */
  readonly max: number;
}

/** A build as far as a range holds it. Instants are starts of buckets and the end of the last. */
export interface BuildSpan {
  readonly build: string;
  readonly from: number;
  readonly to: number;
  readonly pods: readonly string[];
  /** Wall time of its pods together. */
  readonly wallMs: number;
  /** Pods that reported, by bucket. */
  readonly reporting: readonly number[];
}

/** The builds of a series grouped by build and pod, in order of their first window, then by name. Unnamed ones are none. */
export function spansOf(result: SeriesResult): BuildSpan[] {
  return [...groupsByBuild(result)]
    .map(([build, groups]): BuildSpan => {
      const reporting = Array.from(
        { length: result.buckets },
        (_, bucket) => groups.filter((group) => (group.wallMs[bucket] ?? 0) > 0).length,
      );
      return {
        build,
        from: result.from + reporting.findIndex((pods) => pods > 0) * result.stepMs,
        to: result.from + (reporting.findLastIndex((pods) => pods > 0) + 1) * result.stepMs,
        pods: [...new Set(groups.map((group) => group.by.pod ?? ''))].sort(),
        wallMs: sum(groups, (group) => group.wallMs),
        reporting,
      };
    })
    .filter(({ wallMs }) => wallMs > 0)
    .sort((a, b) => a.from - b.from || (a.build < b.build ? -1 : 1));
}

/** What a lock waited in each build of its series; a build without windows is not there. */
export function cellsOf(result: SeriesResult): ReadonlyMap<string, BuildCell> {
  return new Map(
    [...groupsByBuild(result)].flatMap(([build, groups]) => {
      const cell = cellOf(groups);
      return cell === undefined ? [] : [[build, cell] as const];
    }),
  );
}

/** What a lock waited in the groups of one build; undefined without a window. */
export function cellOf(groups: readonly Group[]): BuildCell | undefined {
  const wallMs = sum(groups, (group) => group.wallMs);
  if (wallMs === 0) return undefined;
  const peak = groups.reduce((most, { maxRate }) => maxRate.reduce((a, b) => Math.max(a, b), most), 0);
  return { avg: sum(groups, (group) => group.values) / (wallMs * 1e6), max: peak / 1e9 };
}

/** Windows of one pod that a build needs to be judged, and that half of the builds should have. */
const leastWindows = 4;
const wantedWindows = 24;

/**
 * How many buckets make a window of one pod: as many as leave half of the builds 24 windows, so that a lock that
 * stalls now and then waits in most of them; at least one.
 */
export function bucketsPerWindow(spans: readonly BuildSpan[], stepMs: number): number {
  const buckets = spans.map(({ wallMs }) => wallMs / stepMs).sort((a, b) => b - a);
  const typical = buckets[Math.floor((buckets.length - 1) / 2)] ?? 0;
  return Math.max(1, Math.floor(typical / wantedWindows));
}

/**
 * Goroutines waiting in each window of each pod, by build in the order of `builds`, by time within it. A window that is
 * less than half there is left out, and so is a build with fewer than four windows: `tooShort` names it.
 */
export function windowsOf(
  result: SeriesResult,
  builds: readonly string[],
  bucketsEach: number,
): { readonly windows: readonly BuildWindow[]; readonly tooShort: readonly string[] } {
  const byBuild = groupsByBuild(result);
  const leastWallMs = (bucketsEach * result.stepMs) / 2;
  const judged = builds.map((build) => {
    const windows: BuildWindow[] = [];
    for (let start = 0; start < result.buckets; start += bucketsEach) {
      for (const group of byBuild.get(build) ?? []) {
        const part = (column: Float64Array) => column.subarray(start, start + bucketsEach).reduce((a, b) => a + b, 0);
        const wallMs = part(group.wallMs);
        if (wallMs >= leastWallMs) windows.push({ build, value: part(group.values) / (wallMs * 1e6) });
      }
    }
    return { build, windows };
  });
  const isShort = ({ windows }: { readonly windows: readonly BuildWindow[] }) => windows.length < leastWindows;
  return {
    windows: judged.filter((one) => !isShort(one)).flatMap(({ windows }) => windows),
    tooShort: judged.filter(isShort).map(({ build }) => build),
  };
}

/** In order of their first group; groups of unnamed builds are none. */
export function groupsByBuild(result: SeriesResult): ReadonlyMap<string, readonly Group[]> {
  const builds = groupBy(result.groups, (group) => group.by.build ?? '');
  builds.delete('');
  return builds;
}

function sum(groups: readonly Group[], column: (group: Group) => Float64Array): number {
  return groups.reduce((total, group) => total + column(group).reduce((a, b) => a + b, 0), 0);
}
