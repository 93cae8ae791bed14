import { firstAtOrAbove } from '@/lib/locktrace/first-at-or-above';

/** Which intervals overlap a window. One of no length counts where it stands. Building is O(n log n). */
export class IntervalIndex {
  /** Rows by start. */
  readonly #rows: Uint32Array;
  readonly #startNs: Float64Array;
  readonly #endNs: Float64Array;
  /** Largest end up to each position: nothing before the first one above a window's start can reach into it. */
  readonly #reach: Float64Array;

  /** `startNs` and `endNs` are asked once for each of `rows`. */
  constructor(rows: Uint32Array, startNs: (row: number) => number, endNs: (row: number) => number) {
    const starts = Float64Array.from(rows, startNs);
    const order = Uint32Array.from(rows, (_, index) => index);
    if (!isAscending(starts)) order.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
    this.#rows = order.map((index) => rows[index] ?? 0);
    this.#startNs = Float64Array.from(order, (index) => starts[index] ?? 0);
    this.#endNs = Float64Array.from(this.#rows, endNs);
    this.#reach = new Float64Array(rows.length);
    let reach = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < rows.length; index += 1) {
      reach = Math.max(reach, this.#endNs[index] ?? 0);
      this.#reach[index] = reach;
    }
  }

  /** Calls `visit` for the rows that overlap [fromNs, toNs), by start. O(log n + those from the first that reaches in). */
  each(fromNs: number, toNs: number, visit: (row: number, startNs: number, endNs: number) => void): void {
    for (let index = firstAtOrAbove(this.#reach, fromNs); index < this.#rows.length; index += 1) {
      const startNs = this.#startNs[index] ?? 0;
      if (startNs >= toNs) return;
      const endNs = this.#endNs[index] ?? 0;
      if (endNs > fromNs || (endNs === startNs && startNs === fromNs)) visit(this.#rows[index] ?? 0, startNs, endNs);
    }
  }
}

function isAscending(values: Float64Array): boolean {
  for (let index = 1; index < values.length; index += 1)
    if ((values[index] ?? 0) < (values[index - 1] ?? 0)) return false;
  return true;
}
