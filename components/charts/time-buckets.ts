/** Buckets of equal length from one instant on: the x axis of every plot over time. */
export interface TimeBuckets {
  readonly from: number;
  readonly stepMs: number;
  readonly buckets: number;
}

/** A deploy or another event drawn as a dashed line. */
export interface TimeMark {
  readonly at: number;
  readonly text: string;
}

/** A run of buckets, both ends included, lower first. */
export interface BucketSpan {
  readonly first: number;
  readonly last: number;
}

/** End of the last bucket. */
export function endOf(axis: TimeBuckets): number {
  return axis.from + axis.stepMs * axis.buckets;
}

/** The instants a run of buckets covers, half open. */
export function spanTimes(axis: TimeBuckets, span: BucketSpan): { readonly from: number; readonly to: number } {
  return { from: axis.from + span.first * axis.stepMs, to: axis.from + (span.last + 1) * axis.stepMs };
}

/** The bucket at a share 0..1 of the width, kept inside. */
export function bucketAt(axis: TimeBuckets, share: number): number {
  return Math.min(axis.buckets - 1, Math.max(0, Math.floor(share * axis.buckets)));
}

/** Where an instant lies as a share of the width; undefined outside. */
export function shareOf(axis: TimeBuckets, at: number): number | undefined {
  const share = (at - axis.from) / (axis.stepMs * axis.buckets);
  return share < 0 || share > 1 ? undefined : share;
}

/** Runs of buckets for which nothing is known. */
export function emptyRuns(values: readonly (number | null)[]): BucketSpan[] {
  const runs: { first: number; last: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (value !== null) continue;
    const current = runs.at(-1);
    if (current !== undefined && current.last === index - 1) current.last = index;
    else runs.push({ first: index, last: index });
  }
  return runs;
}

/** The largest known value and its bucket; undefined when nothing is known. */
export function peakBucket(
  values: readonly (number | null)[],
): { readonly bucket: number; readonly value: number } | undefined {
  let peak: { bucket: number; value: number } | undefined;
  for (const [bucket, value] of values.entries()) {
    if (value !== null && (peak === undefined || value > peak.value)) peak = { bucket, value };
  }
  return peak;
}

/** A round top for a y axis at or above `value`: 1, 2, 3, 5 or 10 times a power of ten; 1 for nothing. */
export function roundTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(3));
}
