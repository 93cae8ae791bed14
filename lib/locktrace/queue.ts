/**
 * How many waited over time: time-weighted mean over the trace, largest number, and when that was first reached.
 * `begins` and `ends` are the waits' in any order. O(n log n).
 */
export function queueDepth(
  begins: Float64Array,
  ends: Float64Array,
  durationNs: number,
): { readonly avg: number; readonly max: number; readonly maxAtNs: number | null } {
  const up = sorted(begins);
  const down = sorted(ends);
  let depth = 0;
  let max = 0;
  let maxAtNs: number | null = null;
  let ended = 0;
  let waitedNs = 0;
  for (let i = 0; i < down.length; i += 1) waitedNs += (down[i] ?? 0) - (up[i] ?? 0);
  for (const at of up) {
    // A wait that ends at the very time another begins made room for it.
    while (ended < down.length && (down[ended] ?? 0) <= at) {
      depth -= 1;
      ended += 1;
    }
    depth += 1;
    if (depth > max) {
      max = depth;
      maxAtNs = at;
    }
  }
  return { avg: durationNs > 0 ? waitedNs / durationNs : 0, max, maxAtNs };
}

/** Waits come by begin, so that most often nothing is to do. */
function sorted(values: Float64Array): Float64Array {
  for (let i = 1; i < values.length; i += 1) if ((values[i] ?? 0) < (values[i - 1] ?? 0)) return values.slice().sort();
  return values;
}
