import { labelingsByU } from './labelings';
import { exactRuns } from './mann-whitney';
import { normalQuantileAbove } from './tails';

export interface RatioEstimate {
  /** exp of the median of ln head - ln base over all pairs of runs. */
  readonly ratio: number;
  /** Ends of the interval; `low` is 0 and `high` Infinity where so few runs, or zeros among them, give no bound. */
  readonly low: number;
  readonly high: number;
}

/**
 * How many times `head` is `base`: the Hodges-Lehmann shift of the logarithms, with the interval of all ratios that a
 * two-sided Mann-Whitney test at 1 - `coverage` would not reject (Hollander and Wolfe, Nonparametric Statistical
 * Methods, 4.3), exact for at most 20 runs an arm, else normal. Values are at least 0.
 * undefined where no ratio can be told: an arm without runs, or a base that is 0 in so many runs that the median ratio
 * is infinite. Pairs of two zeros say nothing about a ratio: they leave the estimate alone and widen the interval.
 * O(n m log(n m)).
 */
export function hodgesLehmannRatio(
  base: readonly number[],
  head: readonly number[],
  coverage = 0.95,
): RatioEstimate | undefined {
  const ratios = new Float64Array(base.length * head.length);
  let count = 0;
  for (const h of head) for (const b of base) if (b !== 0 || h !== 0) ratios[count++] = h / b;
  if (count === 0) return undefined;
  const sorted = ratios.subarray(0, count).sort();
  const ratio = geometricMiddle(sorted);
  if (!Number.isFinite(ratio)) return undefined;
  const silent = ratios.length - count;
  const cut = pairsCutOff(base.length, head.length, (1 - coverage) / 2);
  if (cut === 0) return { ratio, low: 0, high: Number.POSITIVE_INFINITY };
  // Silent pairs stand below all others at the low end and above all at the high end.
  return {
    ratio,
    low: sorted[cut - 1 - silent] ?? 0,
    high: sorted[count - cut + silent] ?? Number.POSITIVE_INFINITY,
  };
}

function geometricMiddle(sorted: Float64Array): number {
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  if (sorted.length % 2 === 1) return upper;
  const lower = sorted[(sorted.length >> 1) - 1] ?? Number.NaN;
  // Not √(lower × upper): the product can leave the range of a double. Equal ones stay as they are.
  return lower === upper || lower === 0 ? lower : lower * Math.sqrt(upper / lower);
}

/** The largest c with P(U ≤ c - 1) ≤ `tail` under the null: so many ordered ratios lie outside on each side. */
export function pairsCutOff(n: number, m: number, tail: number): number {
  if (Math.max(n, m) > exactRuns) {
    const spread = Math.sqrt((n * m * (n + m + 1)) / 12);
    return Math.max(0, Math.floor((n * m) / 2 - normalQuantileAbove(tail) * spread));
  }
  const ways = labelingsByU(n, m);
  const all = ways.reduce((sum, count) => sum + count, 0);
  let within = 0;
  let cut = 0;
  for (const count of ways) {
    within += count;
    if (within > tail * all) break;
    cut++;
  }
  return cut;
}
