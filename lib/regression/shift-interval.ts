import { mannWhitneyGreater } from './stats/mann-whitney';
import { median } from './stats/spread';

/**
 * The 95 % interval of the absolute shift from base to head: all shifts that a two-sided Mann-Whitney test would not
 * reject, found among the ordered differences of pairs. Without values, or where so few runs bound nothing, it is
 * infinite.
 */
export function shiftInterval(
  base: readonly number[],
  head: readonly number[],
): { readonly low: number; readonly high: number } {
  const shifts = [...new Set(head.flatMap((h) => base.map((b) => h - b)))].sort((a, b) => a - b);
  const rejectedAbove = (shift: number) =>
    mannWhitneyGreater(
      head.map((h) => h - shift),
      base,
    ) <= 0.025;
  const rejectedBelow = (shift: number) =>
    mannWhitneyGreater(
      base,
      head.map((h) => h - shift),
    ) <= 0.025;
  const middle = median(shifts);
  if (middle === undefined) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return {
    low: shifts[firstWhere(shifts, (shift) => !rejectedBelow(shift))] ?? Number.NEGATIVE_INFINITY,
    high: shifts[firstWhere(shifts, rejectedAbove)] ?? Number.POSITIVE_INFINITY,
  };
}

/** Index of the first value that holds; from there on all do. The length when none does. */
function firstWhere(sorted: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
