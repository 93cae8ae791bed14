import { goState, type Trace } from '@/lib/gotrace/trace';
import { endedByScheduler, laneStateOf, laneStates } from '@/lib/locktrace/lane-state';
import type { StackClasses } from '@/lib/locktrace/stack-classes';

/** `RowKinds.lane` of a goroutine that is gone, or of which nothing is known. */
export const noLane = laneStates.length;

/** What rows of the log have in common: few combinations make up millions of rows. */
export interface RowKinds {
  readonly state: Uint8Array;
  readonly cause: Uint8Array;
  readonly reason: Uint32Array;
  readonly stack: Uint32Array;
  /** Index into `laneStates`, or `noLane`. */
  readonly lane: Uint8Array;
  /** 1 when the interval is (part of) one of `LockTrace.waits`. */
  readonly inWaits: Uint8Array;
}

/** Numbers the combinations of state, cause, reason, stack and lane state met in a log. */
export class RowKindTable {
  readonly #trace: Trace;
  readonly #classes: StackClasses;
  /** First row of each kind. */
  readonly #rows: number[] = [];
  readonly #lanes: number[] = [];
  /** 1 for waits that the scheduler ended: their lane state may be another one. */
  readonly #scheduled: number[] = [];
  /** Kind + 1 by hash, open addressing; 0 = free. */
  #slots = new Uint32Array(4_096);

  constructor(trace: Trace, classes: StackClasses) {
    this.#trace = trace;
    this.#classes = classes;
  }

  number(row: number): number {
    const mask = this.#slots.length - 1;
    const { log } = this.#trace;
    const scheduled = Number(log.state[row] === goState.waiting && endedByScheduler(log, row));
    for (let slot = this.#hash(row) & mask; ; slot = (slot + 1) & mask) {
      const known = this.#slots[slot] ?? 0;
      if (known === 0) return this.#add(row, slot, scheduled);
      if (this.#scheduled[known - 1] === scheduled && this.#same(this.#rows[known - 1] ?? 0, row)) return known - 1;
    }
  }

  lane(kind: number): number {
    return this.#lanes[kind] ?? noLane;
  }

  columns(): RowKinds {
    const { log, symbols } = this.#trace;
    const rows = this.#rows;
    const waited = (row: number) =>
      this.#classes.wait(log.stack[row] ?? 0, symbols.strings[log.reason[row] ?? 0] ?? '') !== undefined;
    return {
      state: Uint8Array.from(rows, (row) => log.state[row] ?? 0),
      cause: Uint8Array.from(rows, (row) => log.cause[row] ?? 0),
      reason: Uint32Array.from(rows, (row) => log.reason[row] ?? 0),
      stack: Uint32Array.from(rows, (row) => log.stack[row] ?? 0),
      lane: Uint8Array.from(this.#lanes),
      inWaits: Uint8Array.from(rows, (row, kind) => Number(isBlocked(this.lane(kind)) && waited(row))),
    };
  }

  #add(row: number, slot: number, scheduled: number): number {
    const kind = this.#rows.push(row) - 1;
    this.#scheduled.push(scheduled);
    const lane = laneStateOf(this.#trace, row, this.#classes);
    this.#lanes.push(lane === undefined ? noLane : laneStates.indexOf(lane));
    this.#slots[slot] = kind + 1;
    if (kind * 2 > this.#slots.length) this.#grow();
    return kind;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 4);
    const mask = this.#slots.length - 1;
    for (const [kind, row] of this.#rows.entries()) {
      let slot = this.#hash(row) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = kind + 1;
    }
  }

  #hash(row: number): number {
    const { state, cause, reason, stack } = this.#trace.log;
    const low = ((reason[row] ?? 0) << 7) ^ ((cause[row] ?? 0) << 3) ^ (state[row] ?? 0);
    const mixed = Math.imul(stack[row] ?? 0, 0x9e37_79b1) ^ Math.imul(low, 0x85eb_ca6b);
    return mixed ^ (mixed >>> 15);
  }

  #same(a: number, b: number): boolean {
    const { state, cause, reason, stack } = this.#trace.log;
    return stack[a] === stack[b] && reason[a] === reason[b] && cause[a] === cause[b] && state[a] === state[b];
  }
}

function isBlocked(lane: number): boolean {
  const state = laneStates[lane];
  return state === 'lock' || state === 'channel' || state === 'sleep';
}
