import { formatNs } from '@/components/trace/time-ruler';
import type { TraceLockRow } from '@/lib/query/trace/result';

type Percentiles = TraceLockRow['percentiles'];

/** `max 732 ms`; `max ≥ 2.3 s` when a wait that the trace cut off had already lasted longer. */
export function maximumText(percentiles: Percentiles): string {
  const { ns, atLeast } = longestOf(percentiles);
  return ns === null ? 'no wait ended' : `max ${atLeast ? '≥\u00a0' : ''}${formatNs(ns)}`;
}

/** The longest wait, and whether it is only a lower bound; null when there was none. */
export function longestOf({ maxNs, longestCensoredNs }: Percentiles): {
  readonly ns: number | null;
  readonly atLeast: boolean;
} {
  if (longestCensoredNs !== null && longestCensoredNs > (maxNs ?? 0)) return { ns: longestCensoredNs, atLeast: true };
  return { ns: maxNs, atLeast: false };
}
