import type { Symbols, TransitionLog } from '@/lib/gotrace/trace';
import type { AttemptTable } from './attempt-table';
import { BurstTable } from './burst-table';
import type { ClassNumbers } from './class-numbers';
import { type StackClass, sameFrame, stackFrames } from './stack-classes';

const none = -1;

/** Tells which wake-ups one release made, and which attempts are for one lock instance because of it. */
export class Releases {
  readonly bursts = new BurstTable();
  readonly #classes: ClassNumbers;
  readonly #attempts: AttemptTable;
  /** Per goroutine: its newest burst, the attempt whose lock it released last, the attempt it woke last. */
  readonly #burst: Int32Array;
  readonly #released: Int32Array;
  readonly #woken: Int32Array;
  /** Whether a stack, of a goroutine that stops, yields inside Unlock. */
  readonly #yields = new Map<number, boolean>();

  constructor(classes: ClassNumbers, attempts: AttemptTable, goroutines: number) {
    this.#classes = classes;
    this.#attempts = attempts;
    this.#burst = new Int32Array(goroutines).fill(none);
    this.#released = new Int32Array(goroutines).fill(none);
    this.#woken = new Int32Array(goroutines).fill(none);
  }

  /**
   * A goroutine wakes an attempt with row `row` of the log, at `atNs`, releasing a lock of class `release`. `newest` is
   * its own newest row, `held` the attempt that it acquired with it, -1 for none.
   */
  wake(
    release: number,
    attempt: number,
    log: TransitionLog,
    row: number,
    atNs: number,
    newest: number,
    held: number,
  ): void {
    const { bursts } = this;
    const { episodes } = this.#attempts;
    const by = log.by[row] ?? 0;
    const found = this.#classes.all[release];
    let burst = this.#burst[by] ?? none;
    // What a goroutine wakes after a transition of its own is another release.
    const goesOn = burst !== none && bursts.row.at(burst) > newest;
    const before = goesOn ? this.#classes.all[bursts.classOf.at(burst)] : undefined;
    if (before !== undefined && found !== undefined && sameUnlock(before, found)) {
      episodes.union(bursts.newest.at(burst), attempt);
    } else {
      burst = bursts.add(release, by, log.stack[row] ?? 0, row, newest === none ? row : newest, atNs);
      this.#burst[by] = burst;
      const holds = held === none || held === this.#released[by] ? undefined : this.#siteOf(held);
      if (holds !== undefined && holds.family === found?.site.family && holds.function === found.site.function) {
        episodes.union(held, attempt);
        this.#released[by] = held;
      }
    }
    bursts.wake(burst, attempt);
    this.#woken[by] = attempt;
  }

  /**
   * The attempt that a goroutine handed its mutex to when it stops with `stack` right after it woke it; -1 for none. A
   * mutex in starvation mode goes straight to the waiter woken last: its releaser yields inside Unlock.
   */
  handedOver(goroutine: number, stack: number, symbols: Symbols): number {
    const woken = this.#woken[goroutine] ?? none;
    if (woken === none) return none;
    const yields = this.#yields.get(stack) ?? yieldsInUnlock(symbols, stack);
    this.#yields.set(stack, yields);
    return yields ? woken : none;
  }

  #siteOf(attempt: number): StackClass['site'] | undefined {
    return this.#classes.all[this.#attempts.classOf[attempt] ?? 0]?.site;
  }
}

/** A writer's Unlock wakes all readers and then the next writer; any other call wakes one goroutine. */
function sameUnlock(before: StackClass, next: StackClass): boolean {
  return before.kind === 'RWMutex.Unlock' && next.site.family === before.site.family && sameFrame(before, next);
}

function yieldsInUnlock(symbols: Symbols, stack: number): boolean {
  const functions = stackFrames(symbols, stack).map((frame) => frame.function);
  return (
    functions.some((name) => name === 'runtime.semrelease1' || name === 'runtime.goyield') &&
    functions.some((name) => name.endsWith('(*Mutex).unlockSlow'))
  );
}
