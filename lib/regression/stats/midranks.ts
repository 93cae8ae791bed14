/** Ranks of values pooled from two samples; equal values share the mean of their ranks. */
export interface Midranks {
  /**
   * Doubled, so that they are whole: rank 2.5 is 5. One entry per group of equal values, ascending; `sizes` tells how
   * many share it.
   */
  readonly doubled: readonly number[];
  readonly sizes: readonly number[];
  /** Σ of doubled ranks of the second sample. */
  readonly doubledSum: number;
  readonly hasTies: boolean;
}

/** Pools and ranks two samples (1 = smallest); infinite values rank by order. O((n + m) log(n + m)). */
export function midranksOf(first: readonly number[], second: readonly number[]): Midranks {
  const a = Float64Array.from(first).sort();
  const b = Float64Array.from(second).sort();
  const doubled: number[] = [];
  const sizes: number[] = [];
  let doubledSum = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    const before = i + j;
    const inSecond = j;
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    // Ranks before + 1 .. i + j; twice their mean.
    const rank = before + 1 + i + j;
    doubled.push(rank);
    sizes.push(i + j - before);
    doubledSum += rank * (j - inSecond);
  }
  return { doubled, sizes, doubledSum, hasTies: sizes.some((size) => size > 1) };
}
