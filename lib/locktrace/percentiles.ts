import type { Percentiles } from './lock-trace';

/** An exact percentile by nearest rank over values in ascending order; null without values. */
export function nearestRank(sorted: Float64Array, share: number): number | null {
  return sorted[Math.max(Math.ceil(share * sorted.length), 1) - 1] ?? null;
}

/**
 * Percentiles of the durations that ended inside the trace. Those cut off by its start or end are counted, and the
 * longest of them bounds the maximum from below. O(n log n).
 */
export function percentilesOf(completedNs: Float64Array, censoredNs: Float64Array): Percentiles {
  const sorted = completedNs.slice().sort();
  let longest: number | null = null;
  for (const ns of censoredNs) longest = Math.max(longest ?? 0, ns);
  return {
    p50Ns: nearestRank(sorted, 0.5),
    p90Ns: nearestRank(sorted, 0.9),
    p99Ns: nearestRank(sorted, 0.99),
    maxNs: sorted.at(-1) ?? null,
    n: sorted.length,
    censored: censoredNs.length,
    longestCensoredNs: longest,
  };
}
