/**
 * Places intervals in rows so that none in a row overlap: the first free row, at most `most`. `rows` holds a row for
 * each interval, in their order, and `free` the end of the one before it there; those that found none share the last
 * row and are counted in `crowded`. Intervals that do not come by start may take more rows than needed. O(n rows).
 */
export function packRows(
  intervals: readonly { readonly startNs: number; readonly endNs: number }[],
  most: number,
): {
  readonly rows: readonly number[];
  readonly free: readonly number[];
  readonly used: number;
  readonly crowded: number;
} {
  const until: number[] = [];
  const free: number[] = [];
  let crowded = 0;
  const rows = intervals.map(({ startNs, endNs }) => {
    let row = until.findIndex((end) => end <= startNs);
    if (row < 0 && until.length < most) row = until.length;
    if (row < 0) {
      crowded++;
      row = most - 1;
    }
    free.push(until[row] ?? Number.NEGATIVE_INFINITY);
    until[row] = Math.max(until[row] ?? 0, endNs);
    return row;
  });
  return { rows, free, used: Math.max(1, until.length), crowded };
}
