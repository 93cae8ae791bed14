/** A logarithmic axis from 0 to 1: values at or below `from` stand at its left end, for 0 has no logarithm. */
export interface LogScale {
  readonly from: number;
  readonly to: number;
  readonly at: (value: number) => number;
  /** Powers of ten to label, at most four, with their places. */
  readonly ticks: readonly { readonly value: number; readonly at: number }[];
}

/** Decades shown at most: what is smaller is as good as nothing. */
const mostDecades = 6;

/** What is smaller is nothing, in goroutines as in seconds; powers of ten near the smallest double have no logarithm. */
const leastShown = 1e-12;

/** The axis that all rows of a table share, so that their dots compare. */
export function logScale(values: readonly number[]): LogScale {
  const positive = values.filter((value) => value >= leastShown);
  const to = positive.length === 0 ? 1 : 10 ** Math.ceil(Math.log10(Math.max(...positive)));
  const smallest = positive.length === 0 ? 0.1 : Math.min(...positive);
  const from = Math.max(10 ** Math.floor(Math.log10(smallest)), to / 10 ** mostDecades);
  const decades = Math.max(1, Math.round(Math.log10(to / from)));
  const at = (value: number) =>
    value <= from ? 0 : Math.min(1, Math.log10(value / from) / Math.max(1, Math.log10(to / from)));
  const every = Math.max(1, Math.ceil(decades / 3));
  const ticks = Array.from({ length: Math.floor(decades / every) + 1 }, (_, index) => {
    const value = from * 10 ** (index * every);
    return { value, at: at(value) };
  });
  return { from, to, at, ticks };
}
