import { LockscopeError } from '@/lib/errors';
import { IdTable } from '../id-table';
import { GoroutineStates } from './goroutine-states';
import type { EventPlace, EventSink, GoroutineChange, ProcessorState } from './sink';

/** An OS thread. It lives through all generations. */
export interface Thread {
  /** -1 stands for no thread: the tracer's own batches. */
  readonly id: number;
  /** Whether an event of it, or a status that names it, came: before, a status may bind a goroutine to it. */
  seen: boolean;
  /** Dense index of the goroutine it runs; -1 = none. */
  goroutine: number;
  processor: Processor | undefined;
}

/** Go itself ends a program at 10,000 threads by default; these keep damaged files from filling the memory. */
const maxThreads = 32_768;
export const maxProcessors = 65_536;

/** Processor states as ProcStatus states them. */
export const processorStatus = { running: 1, idle: 2, syscall: 3, abandoned: 4 } as const;

export interface Processor {
  readonly id: number;
  status: number;
  generation: number;
  sequence: number;
  sweeping: boolean;
}

/** What the events so far say of threads, processors, goroutines and the collector. One event changes it at most once. */
export class Machine {
  readonly sink: EventSink;
  readonly goroutines = new GoroutineStates();
  readonly goroutineOf = new IdTable();
  readonly threads = new Map<number, Thread>();
  readonly processors = new Map<number, Processor>();
  /** undefined = unknown until the first event of the collector. */
  collecting: boolean | undefined;
  collectorSequence = 0;
  /** The generation whose status events introduce what exists: the first one, or the first after a loss. */
  initialGeneration = -1;
  generation = -1;
  /** Goroutines that lived before a loss and were not stated again yet, by id. */
  readonly #beforeLoss = new IdTable();
  readonly place: EventPlace = { time: 0, thread: -1, processor: -1, goroutine: -1 };
  readonly #change: GoroutineChange = { goroutine: -1, from: 0, to: 0, cause: 0, reason: 0, ownStack: 0, stack: 0 };

  constructor(sink: EventSink) {
    this.sink = sink;
  }

  thread(id: number): Thread {
    if (id < 0) return { id: -1, seen: true, goroutine: -1, processor: undefined };
    let thread = this.threads.get(id);
    if (thread === undefined) {
      if (this.threads.size === maxThreads) throw disorder(`more than ${maxThreads} threads`);
      thread = { id, seen: false, goroutine: -1, processor: undefined };
      this.threads.set(id, thread);
    }
    return thread;
  }

  /** Tells the sink of a goroutine's transition and keeps its new state. `place` must be set. */
  change(
    goroutine: number,
    from: number,
    to: number,
    cause: number,
    reason: number,
    ownStack: number,
    stack: number,
  ): void {
    const change = this.#change;
    change.goroutine = goroutine;
    change.from = from;
    change.to = to;
    change.cause = cause;
    change.reason = reason;
    change.ownStack = ownStack;
    change.stack = stack;
    this.goroutines.status[goroutine] = to;
    this.sink.goroutine(this.place, change);
  }

  /** The context of the event, before it takes effect. */
  setPlace(thread: Thread, time: number): void {
    const { place } = this;
    place.time = time;
    place.thread = thread.id;
    place.processor = thread.processor === undefined ? -1 : thread.processor.id;
    place.goroutine = thread.goroutine;
  }

  /**
   * Forgets everything that only continuity tells, after a generation was lost; goroutines from index `count` on are
   * of that generation and never were.
   */
  forget(count: number): void {
    this.goroutineOf.each((id, index) => {
      if (index < count) this.#beforeLoss.set(id, index);
    });
    this.goroutines.count = count;
    this.goroutineOf.clear();
    this.threads.clear();
    this.processors.clear();
    this.collecting = undefined;
    this.initialGeneration = -1;
  }

  /** After a whole generation: who lived before a loss and was not stated in it is gone. */
  settle(): void {
    if (this.#beforeLoss.size > 0) this.#beforeLoss.clear();
  }

  /** A goroutine that is stated for the first time, or again after a loss. */
  introduce(id: number): number {
    const known = id < 0 ? -1 : this.#beforeLoss.get(id);
    if (known === -1) return this.create(id);
    this.#beforeLoss.delete(id);
    this.goroutineOf.set(id, known);
    return known;
  }

  /** Names a new goroutine. Throws `gotrace.order` for an id that exists or cannot be one. */
  create(id: number): number {
    if (id < 0 || this.goroutineOf.get(id) !== -1) throw disorder(`goroutine ${id} is created, but exists`);
    const index = this.goroutines.add(id);
    this.goroutineOf.set(id, index);
    this.goroutines.reset(index, this.generation);
    return index;
  }
}

/** The events contradict each other: the trace is damaged. */
export function disorder(message: string): LockscopeError {
  return new LockscopeError('gotrace.order', message);
}

/** As Go's reader shows them: in a syscall a processor still runs, abandoned it is idle. */
export function shownProcessorState(status: number): ProcessorState {
  return status === processorStatus.running || status === processorStatus.syscall ? 'Running' : 'Idle';
}
