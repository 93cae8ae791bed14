import { Float64List, Uint32List } from '@/lib/profile/growable';
import type { StackClass } from './stack-classes';
import { UnionFind } from './union-find';

const unseen = Number.NaN;

/** When a writer began to wait for the readers inside, and when the last of them let go; NaN = it has not. */
export interface Drain {
  beginNs: number;
  endNs: number;
}

/** Acquisition attempts that blocked, in order of their first block. Re-blocks of one call are one attempt. */
export class AttemptTable {
  readonly classes: StackClass[] = [];
  readonly goroutine: Uint32List;
  readonly stack: Uint32List;
  readonly beginNs: Float64List;
  readonly grantedNs: Float64List;
  readonly acquiredNs: Float64List;
  readonly blockedNs: Float64List;
  readonly wakeupNs: Float64List;
  /** Of writers that waited for the readers inside, by attempt: few of all. */
  readonly drains = new Map<number, Drain>();
  /** Goroutine + 1 of the last wake-up; 0 = none. */
  readonly by: Uint32List;
  readonly byStack: Uint32List;
  readonly blocks: Uint32List;
  readonly flags: Uint32List;
  /** Burst + 1 whose release woke it last; 0 = none. */
  readonly burst: Uint32List;
  readonly #names = new Map<number, number>();
  readonly episodes = new UnionFind();

  /** `most` attempts are expected; room that is not written to costs nothing. */
  constructor(most: number) {
    const integers = () => new Uint32List(Math.max(most, 1));
    const doubles = () => new Float64List(Math.max(most, 1));
    this.goroutine = integers();
    this.stack = integers();
    this.beginNs = doubles();
    this.grantedNs = doubles();
    this.acquiredNs = doubles();
    this.blockedNs = doubles();
    this.wakeupNs = doubles();
    this.by = integers();
    this.byStack = integers();
    this.blocks = integers();
    this.flags = integers();
    this.burst = integers();
  }

  get count(): number {
    return this.goroutine.length;
  }

  add(found: StackClass, goroutine: number, stack: number, beginNs: number, flags: number): number {
    this.classes.push(found);
    this.goroutine.push(goroutine);
    this.stack.push(stack);
    this.beginNs.push(beginNs);
    this.grantedNs.push(unseen);
    this.acquiredNs.push(unseen);
    this.blockedNs.push(0);
    this.wakeupNs.push(0);
    this.by.push(0);
    this.byStack.push(0);
    this.burst.push(0);
    this.blocks.push(1);
    this.flags.push(flags);
    return this.episodes.add();
  }

  flag(attempt: number, flag: number): void {
    this.flags.set(attempt, this.flags.at(attempt) | flag);
  }

  /** String that `trace.Log(ctx, "lock", name)` gave the attempt's lock. */
  nameOf(attempt: number): number | undefined {
    return this.#names.get(attempt);
  }

  setName(attempt: number, name: number): void {
    this.#names.set(attempt, name);
  }
}
