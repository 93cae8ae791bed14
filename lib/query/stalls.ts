import { type UnixMs, unixMs } from '@/lib/units';
import type { HeatMap, Stalls } from './result';

/** A bucket stalls when its busiest native window has at least one goroutine waiting on average … */
const leastWaiting = 1;
/** … and at least this many times the pod's own median bucket, so that a lock that is always busy is not "stalling". */
const overMedian = 5;

/**
 * Stalls of a lock, pod by pod: runs of neighbouring buckets over the rule above. `everySeconds` is the median gap
 * between starts on one pod when at least three gaps exist and four in five lie within a bucket or 10 % of it.
 * `inPhase`: all stalling pods start within one bucket of each other. O(pods × buckets).
 */
export function findStalls(heat: HeatMap): Stalls {
  const startsByPod = heat.rows.map((row) => startsOf(row.max));
  const stalled = startsByPod.filter((starts) => starts.length > 0);
  const gaps = stalled.flatMap((starts) => starts.slice(1).map((start, index) => start - (starts[index] ?? start)));
  const everyBuckets = periodOf(gaps);
  const firsts = stalled.map((starts) => starts[0] ?? 0);
  const all = [...new Set(stalled.flat())].sort((a, b) => a - b);
  return {
    count: stalled.reduce((sum, starts) => sum + starts.length, 0),
    starts: all.map((bucket): UnixMs => unixMs(heat.from + bucket * heat.stepMs)),
    everySeconds: everyBuckets === undefined ? undefined : (everyBuckets * heat.stepMs) / 1_000,
    pods: stalled.length,
    inPhase: firsts.length > 0 && Math.max(...firsts) - Math.min(...firsts) <= 1,
  };
}

/** First buckets of the stalls of one pod. */
function startsOf(max: readonly (number | null)[]): number[] {
  const threshold = Math.max(leastWaiting, overMedian * median(max.filter((value) => value !== null)));
  return max.flatMap((value, bucket) => {
    const before = bucket === 0 ? null : (max[bucket - 1] ?? null);
    return value !== null && value >= threshold && (before === null || before < threshold) ? [bucket] : [];
  });
}

function periodOf(gaps: readonly number[]): number | undefined {
  if (gaps.length < 3) return undefined;
  const typical = median(gaps);
  const slack = Math.max(1, typical * 0.1);
  const regular = gaps.filter((gap) => Math.abs(gap - typical) <= slack).length;
  return typical >= 2 && regular / gaps.length >= 0.8 ? typical : undefined;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * Rows in phase order: by the bucket of the first stall, pods without one last, then by name. Pods that stall within a
 * bucket of each other may stand either way: their windows begin at different times.
 */
export function inPhaseOrder(rows: HeatMap['rows']): HeatMap['rows'] {
  const first = new Map(rows.map((row) => [row.pod, startsOf(row.max)[0] ?? Number.MAX_SAFE_INTEGER]));
  const rank = (pod: string): number => first.get(pod) ?? 0;
  return [...rows].sort((a, b) => rank(a.pod) - rank(b.pod) || a.pod.localeCompare(b.pod, 'en', { numeric: true }));
}
