import { mannWhitneyGreater } from './mann-whitney';
import { mean, sampleVariance } from './spread';
import { studentAbove } from './tails';

/**
 * One-sided p of Welch's t-test (unequal variances, Welch 1947) that mean ln head - mean ln base exceeds
 * ln(1 + leastEffect). Values are at least 0. A zero has no logarithm: it is taken as half of the least positive value
 * of both arms. 1 when an arm has fewer than two runs or nothing is positive. Arms without any spread have no t: then
 * Mann-Whitney's p, which never says more than so few runs can.
 */
export function welchLogGreater(base: readonly number[], head: readonly number[], leastEffect = 0): number {
  const [n, m] = [base.length, head.length];
  const least = leastPositive([...base, ...head]);
  if (n < 2 || m < 2 || least === undefined) return 1;
  const logs = (values: readonly number[]) => values.map((value) => Math.log(value > 0 ? value : least / 2));
  const [baseLogs, headLogs] = [logs(base), logs(head)];
  const [first, second] = [sampleVariance(baseLogs) / n, sampleVariance(headLogs) / m];
  const difference = mean(headLogs) - mean(baseLogs) - Math.log1p(leastEffect);
  if (first + second <= roundingOf(baseLogs, headLogs))
    return mannWhitneyGreater(
      base.map((value) => value * (1 + leastEffect)),
      head,
    );
  const degrees = (first + second) ** 2 / (first ** 2 / (n - 1) + second ** 2 / (m - 1));
  return studentAbove(difference / Math.sqrt(first + second), degrees);
}

function leastPositive(values: readonly number[]): number | undefined {
  let least: number | undefined;
  for (const value of values) if (value > 0 && (least === undefined || value < least)) least = value;
  return least;
}

/** A variance below this is what rounding of equal logarithms leaves. */
function roundingOf(...logs: readonly (readonly number[])[]): number {
  const largest = Math.max(1, ...logs.flat().map(Math.abs));
  return (largest * 1e-14) ** 2;
}
