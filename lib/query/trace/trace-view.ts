import { isForeignFrame } from '@/lib/flamegraph/origin';
import { rangeKind } from '@/lib/gotrace/trace';
import { firstAtOrAbove } from '@/lib/locktrace/first-at-or-above';
import { type LaneState, laneStates } from '@/lib/locktrace/lane-state';
import type { Doing } from '@/lib/locktrace/lock-trace';
import { StackClasses, stackFrames } from '@/lib/locktrace/stack-classes';
import { bareName } from '@/lib/profile/function-name';
import { IntervalIndex } from './interval-index';
import { LockLanes } from './lock-lanes';
import { type KeptAnalysis, readAnalysis } from './open-analysis';
import type { TraceFrame } from './result';
import { StateCounts } from './state-counts';

/** A trace opened for questions. Indexes are made when first needed, and kept. */
export class TraceView {
  readonly kept: KeptAnalysis;
  readonly classes: StackClasses;
  readonly states: StateCounts;
  readonly #locks = new Map<number, LockLanes>();
  readonly #labels = new Map<number, string>();
  #ranges: IntervalIndex | undefined;
  #numbers: Map<number, number> | undefined;
  #waits: Map<number, number[]> | undefined;

  constructor(kept: KeptAnalysis) {
    this.kept = kept;
    this.classes = new StackClasses(kept.symbols);
    this.states = new StateCounts(kept.changes, kept.head.tickNs);
  }

  get durationNs(): number {
    return this.kept.head.durationNs;
  }

  /** The Go runtime's own goroutines that were there at any time: in no state count. */
  get runtimeGoroutines(): number {
    return this.kept.goroutines.runtime.reduce((sum, runtime) => sum + runtime, 0);
  }

  string(index: number): string {
    return this.kept.symbols.strings[index] ?? '';
  }

  /** The id that Go gave a goroutine. */
  id(goroutine: number): number {
    return this.kept.goroutines.id[goroutine] ?? -1;
  }

  /** The function that a goroutine runs; "" when no stack told it. */
  name(goroutine: number): string {
    return this.string(this.kept.goroutines.name[goroutine] ?? 0);
  }

  /** The goroutine with an id of Go's; undefined when the trace has none. */
  goroutine(id: number): number | undefined {
    this.#numbers ??= new Map(Array.from(this.kept.goroutines.id, (known, number) => [known, number]));
    return this.#numbers.get(id);
  }

  frames(stack: number): TraceFrame[] {
    return stackFrames(this.kept.symbols, stack).map(({ function: name, file, line }) => ({
      function: name,
      file,
      line,
    }));
  }

  /** Number of a lock by its public id; undefined when the trace has none such. */
  lockNumber(id: string): number | undefined {
    const number = this.kept.head.locks.findIndex((lock) => lock.id === id);
    return number < 0 ? undefined : number;
  }

  lockLanes(lock: number): LockLanes {
    const known = this.#locks.get(lock);
    if (known !== undefined) return known;
    const lanes = new LockLanes(this.kept, lock);
    this.#locks.set(lock, lanes);
    return lanes;
  }

  get ranges(): IntervalIndex {
    const { ranges } = this.kept;
    this.#ranges ??= new IntervalIndex(
      Uint32Array.from({ length: ranges.count }, (_, row) => row),
      (row) => ranges.startNs[row] ?? 0,
      (row) => ranges.endNs[row] ?? 0,
    );
    return this.#ranges;
  }

  /** Waits of a goroutine, by begin. */
  waitsOf(goroutine: number): readonly number[] {
    if (this.#waits === undefined) {
      this.#waits = new Map();
      const { goroutine: of } = this.kept.waits;
      for (let wait = 0; wait < of.length; wait += 1) {
        const g = of[wait] ?? 0;
        const rows = this.#waits.get(g) ?? [];
        rows.push(wait);
        this.#waits.set(g, rows);
      }
    }
    return this.#waits.get(goroutine) ?? [];
  }

  /** State of the interval that begins with a row; undefined when the goroutine is gone or nothing is known. */
  lane(row: number): LaneState | undefined {
    return laneStates[this.kept.kinds.lane[this.kept.log.kind[row] ?? 0] ?? laneStates.length];
  }

  /** Where a goroutine waits in an interval: the wait site, else the innermost function of the program; "" when unknown. */
  label(row: number): string {
    return this.kindLabel(this.kept.log.kind[row] ?? 0);
  }

  kindLabel(kind: number): string {
    const known = this.#labels.get(kind);
    if (known !== undefined) return known;
    const made = this.#kindFunction(kind);
    this.#labels.set(kind, made);
    return made;
  }

  /** Visits the intervals of a goroutine inside a window, in order. O(log rows + those in the window). */
  each(
    goroutine: number,
    fromNs: number,
    toNs: number,
    visit: (row: number, startNs: number, endNs: number) => void,
  ): void {
    const { log, head } = this.kept;
    const first = log.first[goroutine] ?? 0;
    const last = log.first[goroutine + 1] ?? first;
    const above = firstAtOrAbove(log.ticks.subarray(first, last), fromNs / head.tickNs);
    for (let row = Math.max(first + above - 1, first); row < last; row += 1) {
      const begins = (log.ticks[row] ?? 0) * head.tickNs;
      if (begins >= toNs) return;
      const startNs = Math.max(begins, fromNs);
      const endNs = Math.min(row + 1 < last ? (log.ticks[row + 1] ?? 0) * head.tickNs : head.durationNs, toNs);
      if (endNs > startNs) visit(row, startNs, endNs);
    }
  }

  /** As `Activity.between`: nanoseconds by what a goroutine did in a window; what is not known is in no part. */
  doing(goroutine: number, fromNs: number, toNs: number): Doing {
    const done = { running: 0, runnable: 0, syscall: 0, network: 0, lock: 0, sleep: 0, gc: 0, other: 0 };
    this.each(goroutine, fromNs, toNs, (row, startNs, endNs) => {
      const state = this.lane(row);
      if (state !== undefined) done[state === 'channel' ? 'other' : state] += endNs - startNs;
      if (state !== 'running') return;
      const draftedNs = this.assistNs(goroutine, startNs, endNs);
      done.gc += draftedNs;
      done.running -= draftedNs;
    });
    return done;
  }

  /** How long a goroutine was drafted into the collector's work in a window. */
  assistNs(goroutine: number, fromNs: number, toNs: number): number {
    const { ranges } = this.kept;
    let sum = 0;
    this.ranges.each(fromNs, toNs, (row, startNs, endNs) => {
      if (ranges.kind[row] !== rangeKind.markAssist || ranges.goroutine[row] !== goroutine) return;
      sum += Math.min(endNs, toNs) - Math.max(startNs, fromNs);
    });
    return sum;
  }

  #kindFunction(kind: number): string {
    const { kinds } = this.kept;
    const state = laneStates[kinds.lane[kind] ?? laneStates.length];
    const stack = kinds.stack[kind] ?? 0;
    // A runnable goroutine's row has the stack of who made it runnable.
    if (state === undefined || state === 'runnable' || state === 'running' || stack === 0) return '';
    const found = this.classes.wait(stack, this.string(kinds.reason[kind] ?? 0));
    if (found !== undefined) return found.site.function;
    const frames = this.frames(stack);
    return (frames.find((frame) => !isForeignFrame(frame.function, frame.file)) ?? frames[0])?.function ?? '';
  }
}

/** Opens what `encodeAnalysis` wrote. Throws `trace.analysis-version` and `trace.analysis-damaged`. */
export function openAnalysis(bytes: Uint8Array): TraceView {
  return new TraceView(readAnalysis(bytes));
}

/** `GetConfig`; "" stays "". */
export function shortLabel(name: string): string {
  return name === '' ? '' : bareName(name);
}
