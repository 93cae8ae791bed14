/** A wait from its begin to its acquisition; while that is unseen, as far as it is known to have lasted. `parts` = blocked + wake-up. */
export function lengthNs(begin: number, granted: number, acquired: number, parts: number, durationNs: number): number {
  if (!Number.isNaN(acquired)) return Math.max(acquired - begin, 0);
  return Math.max(Number.isNaN(granted) ? durationNs - begin : Math.max(parts, granted - begin), 0);
}
