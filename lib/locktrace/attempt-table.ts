import { extended } from '@/lib/gotrace/extended';
import { waitFlag } from './lock-trace';
import { UnionFind } from './union-find';

const firstCapacity = 4_096;
const mostBlocks = 65_535;

/** When a writer began to wait for the readers inside, and when the last of them let go; NaN = it has not. */
export interface Drain {
  readonly beginNs: number;
  endNs: number;
}

/**
 * Acquisition attempts that blocked, in order of their first block. Re-blocks of one call are one attempt. NaN = not
 * seen. Columns double when full: rows from `count` on are nothing.
 */
export class AttemptTable {
  count = 0;
  /** Number in `ClassNumbers`. */
  classOf = new Uint32Array(firstCapacity);
  goroutine = new Uint32Array(firstCapacity);
  stack = new Uint32Array(firstCapacity);
  beginNs = new Float64Array(firstCapacity);
  grantedNs = new Float64Array(firstCapacity);
  acquiredNs = new Float64Array(firstCapacity);
  blockedNs = new Float64Array(firstCapacity);
  wakeupNs = new Float64Array(firstCapacity);
  /** Goroutine of the last wake-up; -1 = none. */
  by = new Int32Array(firstCapacity);
  byStack = new Uint32Array(firstCapacity);
  /** At most 65,535. */
  blocks = new Uint16Array(firstCapacity);
  flags = new Uint8Array(firstCapacity);
  /** Of writers that waited for the readers inside, by attempt: few of all. */
  readonly drains = new Map<number, Drain>();
  /** String that `trace.Log(ctx, "lock", name)` gave the attempt's lock, by attempt. */
  readonly names = new Map<number, number>();
  readonly episodes = new UnionFind();

  /** An attempt that blocks for the first time. */
  add(classOf: number, goroutine: number, stack: number, beginNs: number, flags: number): number {
    if (this.count === this.flags.length) this.#grow();
    const attempt = this.count;
    this.classOf[attempt] = classOf;
    this.goroutine[attempt] = goroutine;
    this.stack[attempt] = stack;
    this.beginNs[attempt] = beginNs;
    this.grantedNs[attempt] = Number.NaN;
    this.acquiredNs[attempt] = Number.NaN;
    this.blockedNs[attempt] = 0;
    this.wakeupNs[attempt] = 0;
    this.by[attempt] = -1;
    this.byStack[attempt] = 0;
    this.blocks[attempt] = 1;
    this.flags[attempt] = flags;
    this.count = attempt + 1;
    return this.episodes.add();
  }

  /** It blocks, for the first time or again. Until the wake-up, blockedNs holds the time before, less where this began. */
  block(attempt: number, timeNs: number): void {
    this.grantedNs[attempt] = Number.NaN;
    this.acquiredNs[attempt] = Number.NaN;
    this.blockedNs[attempt] = (this.blockedNs[attempt] ?? 0) - timeNs;
  }

  countBlock(attempt: number): void {
    this.blocks[attempt] = Math.min((this.blocks[attempt] ?? 0) + 1, mostBlocks);
  }

  wake(attempt: number, timeNs: number, by: number, byStack: number): void {
    this.blockedNs[attempt] = (this.blockedNs[attempt] ?? 0) + timeNs;
    this.grantedNs[attempt] = timeNs;
    this.by[attempt] = by;
    this.byStack[attempt] = byStack;
    const drain = this.drains.get(attempt);
    if (drain !== undefined && Number.isNaN(drain.endNs)) drain.endNs = timeNs;
  }

  /** Its goroutine runs after the wake-up. */
  acquire(attempt: number, timeNs: number): void {
    this.acquiredNs[attempt] = timeNs;
    this.wakeupNs[attempt] = (this.wakeupNs[attempt] ?? 0) + timeNs - (this.grantedNs[attempt] ?? 0);
  }

  /** Nothing more is known of it: it lasted so long at least. */
  cut(attempt: number, timeNs: number): void {
    const granted = this.grantedNs[attempt] ?? Number.NaN;
    if (Number.isNaN(granted)) this.blockedNs[attempt] = (this.blockedNs[attempt] ?? 0) + timeNs;
    else this.wakeupNs[attempt] = (this.wakeupNs[attempt] ?? 0) + Math.max(timeNs - granted, 0);
    this.flag(attempt, waitFlag.unfinished);
  }

  /** Cuts at the end of the trace what had not ended with it. */
  finish(durationNs: number): void {
    for (let attempt = 0; attempt < this.count; attempt += 1) {
      const isCut = ((this.flags[attempt] ?? 0) & waitFlag.unfinished) !== 0;
      if (Number.isNaN(this.acquiredNs[attempt]) && !isCut) this.cut(attempt, durationNs);
    }
  }

  flag(attempt: number, flag: number): void {
    this.flags[attempt] = (this.flags[attempt] ?? 0) | flag;
  }

  #grow(): void {
    const capacity = this.flags.length * 2;
    this.classOf = extended(this.classOf, new Uint32Array(capacity));
    this.goroutine = extended(this.goroutine, new Uint32Array(capacity));
    this.stack = extended(this.stack, new Uint32Array(capacity));
    this.beginNs = extended(this.beginNs, new Float64Array(capacity));
    this.grantedNs = extended(this.grantedNs, new Float64Array(capacity));
    this.acquiredNs = extended(this.acquiredNs, new Float64Array(capacity));
    this.blockedNs = extended(this.blockedNs, new Float64Array(capacity));
    this.wakeupNs = extended(this.wakeupNs, new Float64Array(capacity));
    this.by = extended(this.by, new Int32Array(capacity));
    this.byStack = extended(this.byStack, new Uint32Array(capacity));
    this.blocks = extended(this.blocks, new Uint16Array(capacity));
    this.flags = extended(this.flags, new Uint8Array(capacity));
  }
}
