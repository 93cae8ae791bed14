/** Index of the first of ascending values that is at least `limit`; the length when none is. */
export function firstAtOrAbove(
  values: { readonly length: number; readonly [index: number]: number },
  limit: number,
): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
