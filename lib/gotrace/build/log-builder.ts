import type { Backwards, TransitionLog } from '../trace';

const leastCapacity = 4_096;

/** Appends transitions to columns that double when full. */
export class LogBuilder {
  count = 0;
  #timeNs: Float64Array;
  #goroutine: Uint32Array;
  #state: Uint8Array;
  #cause: Uint8Array;
  #reason: Uint32Array;
  #stack: Uint32Array;
  #by: Int32Array;

  /** `expectedRows` only saves moving the columns; memory that is not written to costs nothing. */
  constructor(expectedRows: number) {
    const capacity = Math.max(leastCapacity, expectedRows);
    this.#timeNs = new Float64Array(capacity);
    this.#goroutine = new Uint32Array(capacity);
    this.#state = new Uint8Array(capacity);
    this.#cause = new Uint8Array(capacity);
    this.#reason = new Uint32Array(capacity);
    this.#stack = new Uint32Array(capacity);
    this.#by = new Int32Array(capacity);
  }

  /** Returns the row's number. */
  push(
    timeNs: number,
    goroutine: number,
    state: number,
    cause: number,
    reason: number,
    stack: number,
    by: number,
  ): number {
    if (this.count === this.#timeNs.length) this.#grow();
    const row = this.count;
    this.#timeNs[row] = timeNs;
    this.#goroutine[row] = goroutine;
    this.#state[row] = state;
    this.#cause[row] = cause;
    this.#reason[row] = reason;
    this.#stack[row] = stack;
    this.#by[row] = by;
    this.count = row + 1;
    return row;
  }

  stateOf(row: number): number {
    return this.#state[row] ?? 0;
  }

  /** Gives a waiting row the stack that a later status told; a stack that is known stays. */
  learnStack(row: number, stack: number): void {
    if (this.#stack[row] === 0) this.#stack[row] = stack;
  }

  /** Forgets the rows from `count` on. */
  truncate(count: number): void {
    this.count = count;
  }

  /** Sets each goroutine's newest row; leaves those that have none. O(rows). */
  newestRows(rows: Int32Array): void {
    for (let row = 0; row < this.count; row += 1) rows[this.#goroutine[row] ?? 0] = row;
  }

  /** The columns, with each row linked to the same goroutine's next. `firstRow` and `lastRow` are filled. O(rows). */
  finish(firstRow: Int32Array, lastRow: Int32Array): { log: TransitionLog; backwards: Backwards } {
    const { count } = this;
    const timeNs = this.#timeNs;
    let intervals = 0;
    let largestNs = 0;
    const next = new Int32Array(count).fill(-1);
    const goroutine = this.#goroutine;
    firstRow.fill(-1);
    lastRow.fill(-1);
    for (let row = 0; row < count; row += 1) {
      const g = goroutine[row] ?? 0;
      const last = lastRow[g] ?? -1;
      if (last === -1) firstRow[g] = row;
      else {
        next[last] = row;
        const backNs = (timeNs[last] ?? 0) - (timeNs[row] ?? 0);
        if (backNs > 0) {
          intervals += 1;
          largestNs = Math.max(largestNs, backNs);
        }
      }
      lastRow[g] = row;
    }
    const log = {
      count,
      timeNs: timeNs.subarray(0, count),
      goroutine: goroutine.subarray(0, count),
      state: this.#state.subarray(0, count),
      cause: this.#cause.subarray(0, count),
      reason: this.#reason.subarray(0, count),
      stack: this.#stack.subarray(0, count),
      by: this.#by.subarray(0, count),
      next,
    };
    return { log, backwards: { intervals, largestNs } };
  }

  #grow(): void {
    const capacity = this.#timeNs.length * 2;
    this.#timeNs = moved(this.#timeNs, new Float64Array(capacity));
    this.#goroutine = moved(this.#goroutine, new Uint32Array(capacity));
    this.#state = moved(this.#state, new Uint8Array(capacity));
    this.#cause = moved(this.#cause, new Uint8Array(capacity));
    this.#reason = moved(this.#reason, new Uint32Array(capacity));
    this.#stack = moved(this.#stack, new Uint32Array(capacity));
    this.#by = moved(this.#by, new Int32Array(capacity));
  }
}

function moved<T extends Float64Array | Uint32Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
