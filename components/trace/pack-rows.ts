/**
 * Places intervals in rows so that none in a row overlap: the first free row, at most `most`. `rows` holds a row for
 * each interval, in their order; those that found none share the last row and are counted in `crowded`. O(n rows).
 * Intervals must come by start.
 */
export function packRows(
  intervals: readonly { readonly startNs: number; readonly endNs: number }[],
  most: number,
): { readonly rows: readonly number[]; readonly used: number; readonly crowded: number } {
  const free: number[] = [];
  let crowded = 0;
  const rows = intervals.map(({ startNs, endNs }) => {
    let row = free.findIndex((until) => until <= startNs);
    if (row < 0 && free.length < most) row = free.length;
    if (row < 0) {
      crowded++;
      row = most - 1;
    }
    free[row] = Math.max(free[row] ?? 0, endNs);
    return row;
  });
  return { rows, used: Math.max(1, free.length), crowded };
}
