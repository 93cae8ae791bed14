import { pairsCutOff } from './stats/hodges-lehmann';

/**
 * The 95 % interval of the absolute shift from base to head: the ordered differences of all pairs of runs without those
 * that a two-sided Mann-Whitney test cuts off at both ends (Hollander and Wolfe, Nonparametric Statistical Methods,
 * 4.3). Infinite where so few runs bound nothing.
 */
export function shiftInterval(
  base: readonly number[],
  head: readonly number[],
): { readonly low: number; readonly high: number } {
  const shifts = Float64Array.from(head.flatMap((h) => base.map((b) => h - b))).sort();
  const cut = pairsCutOff(base.length, head.length, 0.025);
  if (shifts.length === 0 || cut === 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return {
    low: shifts[cut - 1] ?? Number.NEGATIVE_INFINITY,
    high: shifts[shifts.length - cut] ?? Number.POSITIVE_INFINITY,
  };
}
