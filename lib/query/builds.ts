import type { LockEntry } from '@/lib/contention/lock';
import { type ChangePoint, firstBadBuild } from '@/lib/regression/change-point';
import { defaultGates } from '@/lib/regression/options';
import { stepFor } from '@/lib/selection/range';
import type { Note, SeriesResult } from '@/lib/store/port';
import { type BuildCell, type BuildSpan, bucketsPerWindow, cellsOf, spansOf, windowsOf } from './build-windows';
import { inTurn } from './in-turn';
import { type LocksOptions, queryLocks } from './locks';
import type { Coverage } from './result';
import { blockDelay, type SampleReads, type Scope, selectionOf } from './scope';
import { findStalls } from './stalls';
import { heatMapOf, queryPods } from './timeline';

/** Buckets across the range: what windows are made of, and the steps of the lane of deploys. */
const bucketsAcross = 180;

/** The most rows that can be judged: the smallest p that relabeling finds is 1 / 2,000. */
export const mostRows = 20;
/** Probability that a page names a build at any of its locks when no build matters. */
const familyLevel = 0.05;
const leastRatio = 1 + defaultGates.lock;
/** A window is so many periods of a lock that stalls regularly, so that each holds a stall although periods waver. */
const periodsPerWindow = 1.25;
/** Goroutines waiting: a smaller rise is nothing to act on (1 ms a second; the floor of comparisons). */
const leastRise = 0.001;

/** A lock across builds. */
export interface BuildsRow {
  readonly entry: LockEntry;
  /** Aligned with `builds`; null = the build sent no block profile in the range. */
  readonly cells: readonly (BuildCell | null)[];
  /** The build that made it worse; undefined = none did, as far as the windows tell. */
  readonly firstBad: ChangePoint | undefined;
  /** Length of the windows that were compared. */
  readonly windowSeconds: number;
}

export interface BuildsResult {
  readonly coverage: Coverage;
  readonly axis: { readonly from: number; readonly stepMs: number; readonly buckets: number };
  /** Builds that sent block profiles in the range, by their first window. */
  readonly builds: readonly BuildSpan[];
  /** Locks by busiest bucket, falling. */
  readonly rows: readonly BuildsRow[];
  /** Locks beyond `top`. */
  readonly otherLocks: number;
  /** The row with the largest rise of the average between the two builds of its change; undefined = no build made any worse. */
  readonly worst: BuildsRow | undefined;
  /** Of the worst row; without one, of a lock that does not stall regularly. */
  readonly windowSeconds: number;
  /** Builds with too few windows of that length to be judged. */
  readonly tooShort: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * The busiest `top` locks of a service in each build of a range, and the build that made each worse, judged by windows
 * of single pods (docs/regression.md). Throws what the store throws.
 */
export async function queryBuilds(
  store: SampleReads,
  service: string,
  scope: Scope,
  options: LocksOptions & { readonly top: number },
): Promise<BuildsResult> {
  const reads = inTurn(store);
  const { locks, coverage, document } = await queryLocks(reads, service, scope, options);
  const sorted = locks.toSorted((a, b) => (b.lock.waiting.max ?? 0) - (a.lock.waiting.max ?? 0));
  const shown = sorted.slice(0, options.top);
  const stepMs = stepFor(scope.range, bucketsAcross);
  // Which windows there are, whatever waited in them.
  const all = await reads.series(selectionOf(service, scope, blockDelay), { groupBy: ['build', 'pod'], stepMs });
  const spans = spansOf(all);
  const bucketsEach = bucketsPerWindow(spans, all.stepMs);
  const level = familyLevel / Math.max(1, shown.length); // Bonferroni
  const rows: BuildsRow[] = [];
  for (const entry of shown) {
    const series = await queryPods(reads, service, scope, entry, stepMs);
    rows.push(rowOf(entry, series, spans, { usual: bucketsEach, level }));
  }
  const names = spans.map(({ build }) => build);
  const worst = worstOf(rows, names);
  const windowSeconds = worst?.windowSeconds ?? (bucketsEach * all.stepMs) / 1_000;
  return {
    coverage,
    axis: { from: all.from, stepMs: all.stepMs, buckets: all.buckets },
    builds: spans,
    rows,
    otherLocks: sorted.length - shown.length,
    worst,
    windowSeconds,
    tooShort: windowsOf(all, names, (windowSeconds * 1_000) / all.stepMs).tooShort,
    notes: document.notes,
  };
}

function rowOf(
  entry: LockEntry,
  series: SeriesResult,
  spans: readonly BuildSpan[],
  { usual, level }: { readonly usual: number; readonly level: number },
): BuildsRow {
  const names = spans.map(({ build }) => build);
  const cells = cellsOf(series);
  const { everySeconds = 0 } = findStalls(heatMapOf(series));
  const bucketsEach = Math.max(usual, Math.ceil((periodsPerWindow * everySeconds * 1_000) / series.stepMs));
  const { windows } = windowsOf(series, names, bucketsEach);
  const firstBad = firstBadBuild(windows, { level, leastRatio });
  return {
    entry,
    cells: names.map((name) => cells.get(name) ?? null),
    firstBad: firstBad !== undefined && firstBad.after - firstBad.before >= leastRise ? firstBad : undefined,
    windowSeconds: (bucketsEach * series.stepMs) / 1_000,
  };
}

function worstOf(rows: readonly BuildsRow[], builds: readonly string[]): BuildsRow | undefined {
  const rise = ({ firstBad, cells }: BuildsRow): number => {
    const avgOf = (build: string | undefined) => cells[builds.indexOf(build ?? '')]?.avg ?? 0;
    return avgOf(firstBad?.build) - avgOf(firstBad?.previous);
  };
  return rows.filter(({ firstBad }) => firstBad !== undefined).toSorted((a, b) => rise(b) - rise(a))[0];
}
