import { LockscopeError } from '@/lib/errors';
import type { Selection } from '@/lib/selection/selection';
import { type UnixMs, unixMs } from '@/lib/units';

export interface Buckets {
  readonly stepMs: number;
  readonly from: UnixMs;
  readonly buckets: number;
}

/** More points than any chart draws; above it the answer would not fit in memory. */
const mostBuckets = 200_000;

/**
 * Buckets over a selection, aligned to multiples of the step since 1970. The step is the smallest multiple of
 * `wantedMs` that is at least `longestMs` (the longest window) and a multiple of `tierMs` (1 when raw answers).
 * Throws `store.step`.
 */
export function bucketsOf(selection: Selection, wantedMs: number, longestMs: number, tierMs: number): Buckets {
  if (!Number.isSafeInteger(wantedMs) || wantedMs <= 0) {
    throw new LockscopeError('store.step', `step ${wantedMs} ms is no positive integer`, { place: 'query step' });
  }
  const unit = wantedMs * (tierMs / greatestCommonDivisor(wantedMs, tierMs));
  const stepMs = unit * Math.max(1, Math.ceil(longestMs / unit));
  const from = Math.floor(selection.from / stepMs) * stepMs;
  const buckets = selection.to <= selection.from ? 0 : Math.ceil((selection.to - from) / stepMs);
  if (buckets > mostBuckets) {
    throw new LockscopeError('store.step', `${buckets} buckets of ${stepMs} ms; at most ${mostBuckets} are answered`, {
      place: 'query step',
    });
  }
  return { stepMs, from: unixMs(from), buckets };
}

export function greatestCommonDivisor(first: number, second: number): number {
  let [a, b] = [first, second];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
