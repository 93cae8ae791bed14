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
  readonly goroutine = new Uint32List();
  readonly stack = new Uint32List();
  readonly beginNs = new Float64List();
  readonly grantedNs = new Float64List();
  readonly acquiredNs = new Float64List();
  readonly blockedNs = new Float64List();
  readonly wakeupNs = new Float64List();
  /** Of writers that waited for the readers inside, by attempt: few of all. */
  readonly drains = new Map<number, Drain>();
  /** Goroutine + 1 of the last wake-up; 0 = none. */
  readonly by = new Uint32List();
  readonly byStack = new Uint32List();
  readonly blocks = new Uint32List();
  readonly flags = new Uint32List();
  /** Burst + 1 whose release woke it last; 0 = none. */
  readonly burst = new Uint32List();
  readonly #names = new Map<number, number>();
  readonly episodes = new UnionFind();

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
