import type { Trace } from '@/lib/gotrace/trace';

/** Rows of the transition log by goroutine, in its order; made when first asked, by counting: O(rows). */
export class GoroutineRows {
  readonly #trace: Trace;
  #rows: Uint32Array | undefined;
  /** Goroutine g owns rows [starts[g], starts[g + 1]). */
  #starts = new Uint32Array();

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  of(goroutine: number): Uint32Array {
    this.#rows ??= this.#sorted();
    return this.#rows.subarray(this.#starts[goroutine], this.#starts[goroutine + 1]);
  }

  #sorted(): Uint32Array {
    const { log, goroutines } = this.#trace;
    const starts = new Uint32Array(goroutines.count + 1);
    const { goroutine: ofRow, count } = log;
    for (let row = 0; row < count; row += 1) {
      const after = (ofRow[row] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
    for (let g = 0; g < goroutines.count; g += 1) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0);
    this.#starts = starts;
    const rows = new Uint32Array(count);
    const free = starts.slice();
    for (let row = 0; row < count; row += 1) {
      const g = ofRow[row] ?? 0;
      const place = free[g] ?? 0;
      rows[place] = row;
      free[g] = place + 1;
    }
    return rows;
  }

  /** Index in `of(goroutine)` of the interval that holds at `timeNs`: the last row not after it; -1 before the first. */
  indexAt(goroutine: number, timeNs: number): number {
    const rows = this.of(goroutine);
    const { timeNs: times } = this.#trace.log;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[rows[middle] ?? 0] ?? 0) <= timeNs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
