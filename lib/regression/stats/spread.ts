/** The middle value, or the mean of the two middle ones; undefined of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[sorted.length >> 1];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  return ((sorted[(sorted.length >> 1) - 1] ?? upper) + upper) / 2;
}

/** Median of the distances from the median, not scaled to a standard deviation; undefined of nothing. */
export function medianAbsoluteDeviation(values: readonly number[]): number | undefined {
  const middle = median(values);
  return middle === undefined ? undefined : median(values.map((value) => Math.abs(value - middle)));
}

/**
 * Sample standard deviation (n - 1) of the natural logarithms: 0.1 reads as 10 % from run to run. undefined with fewer
 * than two values, or when one is 0: a site that some runs do not have has no relative noise.
 */
export function logDeviation(values: readonly number[]): number | undefined {
  if (values.length < 2 || values.some((value) => value <= 0)) return undefined;
  return Math.sqrt(sampleVariance(values.map((value) => Math.log(value))));
}

/** The noise of two arms as one: root of the variances of the logarithms, weighted by n - 1. undefined as above. */
export function pooledLogDeviation(base: readonly number[], head: readonly number[]): number | undefined {
  const first = logDeviation(base);
  const second = logDeviation(head);
  if (first === undefined || second === undefined) return undefined;
  const [n, m] = [base.length - 1, head.length - 1];
  return Math.sqrt((n * first ** 2 + m * second ** 2) / (n + m));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Σ (x - mean)² / (n - 1); NaN of fewer than two values. */
export function sampleVariance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
