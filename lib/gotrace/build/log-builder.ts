import { extended } from '../extended';
import type { Backwards, TransitionLog } from '../trace';

const leastCapacity = 4_096;
const most16 = 0xffff;

/** Appends transitions, each linked to the same goroutine's before and after it, to columns that double when full. */
export class LogBuilder {
  count = 0;
  #timeNs: Float64Array;
  #goroutine: Uint32Array;
  #state: Uint8Array;
  #cause: Uint8Array;
  /** Of 16 bits until a larger number comes: fresh memory is a good part of what reading costs. */
  #reason: Uint16Array | Uint32Array;
  #stack: Uint16Array | Uint32Array;
  #by: Int32Array;
  #previous: Int32Array;
  #next: Int32Array;
  #backwards = 0;
  #furthestBackNs = 0;

  /** `expectedRows` only saves moving the columns; memory that is not written to costs nothing. */
  constructor(expectedRows: number) {
    const capacity = Math.max(leastCapacity, expectedRows);
    this.#timeNs = new Float64Array(capacity);
    this.#goroutine = new Uint32Array(capacity);
    this.#state = new Uint8Array(capacity);
    this.#cause = new Uint8Array(capacity);
    this.#reason = new Uint16Array(capacity);
    this.#stack = new Uint16Array(capacity);
    this.#by = new Int32Array(capacity);
    this.#previous = new Int32Array(capacity);
    this.#next = new Int32Array(capacity);
  }

  /** Returns the row's number. `previous` is the goroutine's newest row so far; -1 when it has none. */
  push(
    timeNs: number,
    goroutine: number,
    state: number,
    cause: number,
    reason: number,
    stack: number,
    by: number,
    previous: number,
  ): number {
    if (this.count === this.#timeNs.length) this.#grow();
    if (reason > most16) this.#reason = wide(this.#reason);
    if (stack > most16) this.#stack = wide(this.#stack);
    const row = this.count;
    this.#timeNs[row] = timeNs;
    this.#goroutine[row] = goroutine;
    this.#state[row] = state;
    this.#cause[row] = cause;
    this.#reason[row] = reason;
    this.#stack[row] = stack;
    this.#by[row] = by;
    this.#previous[row] = previous;
    this.#next[row] = -1;
    if (previous !== -1) this.#link(previous, row);
    this.count = row + 1;
    return row;
  }

  #link(previous: number, row: number): void {
    this.#next[previous] = row;
    const backNs = (this.#timeNs[previous] ?? 0) - (this.#timeNs[row] ?? 0);
    if (backNs <= 0) return;
    this.#backwards += 1;
    this.#furthestBackNs = Math.max(this.#furthestBackNs, backNs);
  }

  stateOf(row: number): number {
    return this.#state[row] ?? 0;
  }

  /** Gives a waiting row the stack that a later status told; a stack that is known stays. */
  learnStack(row: number, stack: number): void {
    if (this.#stack[row] !== 0) return;
    if (stack > most16) this.#stack = wide(this.#stack);
    this.#stack[row] = stack;
  }

  /** Forgets the rows from `count` on, and sets each goroutine's newest row; leaves those that have none. O(rows). */
  truncate(count: number, newestRows: Int32Array): void {
    this.count = count;
    this.#backwards = 0;
    this.#furthestBackNs = 0;
    for (let row = 0; row < count; row += 1) {
      const previous = this.#previous[row] ?? -1;
      this.#next[row] = -1;
      if (previous !== -1) this.#link(previous, row);
      newestRows[this.#goroutine[row] ?? 0] = row;
    }
  }

  /** The columns. */
  finish(): { log: TransitionLog; backwards: Backwards } {
    const { count } = this;
    const log = {
      count,
      timeNs: this.#timeNs.subarray(0, count),
      goroutine: this.#goroutine.subarray(0, count),
      state: this.#state.subarray(0, count),
      cause: this.#cause.subarray(0, count),
      reason: this.#reason.subarray(0, count),
      stack: this.#stack.subarray(0, count),
      by: this.#by.subarray(0, count),
      previous: this.#previous.subarray(0, count),
      next: this.#next.subarray(0, count),
    };
    return { log, backwards: { intervals: this.#backwards, largestNs: this.#furthestBackNs } };
  }

  #grow(): void {
    const capacity = this.#timeNs.length * 2;
    this.#timeNs = extended(this.#timeNs, new Float64Array(capacity));
    this.#goroutine = extended(this.#goroutine, new Uint32Array(capacity));
    this.#state = extended(this.#state, new Uint8Array(capacity));
    this.#cause = extended(this.#cause, new Uint8Array(capacity));
    this.#reason = extended(this.#reason, emptyLike(this.#reason, capacity));
    this.#stack = extended(this.#stack, emptyLike(this.#stack, capacity));
    this.#by = extended(this.#by, new Int32Array(capacity));
    this.#previous = extended(this.#previous, new Int32Array(capacity));
    this.#next = extended(this.#next, new Int32Array(capacity));
  }
}

/** Of 32 bits, with the same values. */
function wide(column: Uint16Array | Uint32Array): Uint32Array {
  if (column instanceof Uint32Array) return column;
  const wider = new Uint32Array(column.length);
  wider.set(column);
  return wider;
}

function emptyLike(column: Uint16Array | Uint32Array, length: number): Uint16Array | Uint32Array {
  return column instanceof Uint32Array ? new Uint32Array(length) : new Uint16Array(length);
}
