import type { Trace } from '@/lib/gotrace/trace';

/** Rows of the transition log by goroutine, in its order; made for a goroutine when first asked. */
export class GoroutineRows {
  readonly #trace: Trace;
  readonly #rows = new Map<number, Uint32Array>();

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  of(goroutine: number): Uint32Array {
    const known = this.#rows.get(goroutine);
    if (known !== undefined) return known;
    const { log, goroutines } = this.#trace;
    const first = goroutines.firstRow[goroutine] ?? -1;
    let count = 0;
    for (let row = first; row >= 0; row = log.next[row] ?? -1) count += 1;
    const made = new Uint32Array(count);
    for (let row = first, index = 0; row >= 0; row = log.next[row] ?? -1, index += 1) made[index] = row;
    this.#rows.set(goroutine, made);
    return made;
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
