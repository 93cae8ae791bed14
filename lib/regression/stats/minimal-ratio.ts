import { studentQuantileAbove } from './tails';

/** Standard normal quantile of 80 %, the power asked for. */
const powerQuantile = 0.84;

export interface Sensitivity {
  /** Standard deviation of ln x from run to run (`pooledLogDeviation`). */
  readonly deviation: number;
  readonly baseRuns: number;
  readonly headRuns: number;
  /** Tests in the family. */
  readonly tests: number;
  /** False discovery rate. */
  readonly q: number;
  /** δ that the test itself demands. */
  readonly leastEffect: number;
}

/**
 * The smallest ratio that a test would find in 8 of 10 comparisons, as the only change of its family:
 * (1 + δ) exp((t(1 - q/m, n₁ + n₂ - 2) + 0.84) σ √(1/n₁ + 1/n₂)). For equal arms √(2/N). An approximation: for small N
 * Mann-Whitney needs somewhat more. undefined with fewer than two runs an arm, or without tests.
 */
export function minimalRatio(of: Sensitivity): number | undefined {
  if (of.baseRuns < 2 || of.headRuns < 2 || of.tests < 1) return undefined;
  const t = studentQuantileAbove(of.q / of.tests, of.baseRuns + of.headRuns - 2);
  const error = of.deviation * Math.sqrt(1 / of.baseRuns + 1 / of.headRuns);
  return (1 + of.leastEffect) * Math.exp((t + powerQuantile) * error);
}
