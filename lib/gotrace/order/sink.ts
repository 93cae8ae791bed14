/**
 * Where ordered events go. Every call is one transition, range edge or note, in causal order; strings and stacks are
 * ids of the symbol table, goroutines dense indexes, -1 is none. `at` is reused from call to call.
 */
export interface EventSink {
  /** A generation begins: `index` counts from 1. */
  sync(index: number, at: GenerationClock): void;
  goroutine(at: EventPlace, change: GoroutineChange): void;
  processor(at: EventPlace, processor: number, from: ProcessorState, to: ProcessorState): void;
  range(at: EventPlace, edge: RangeEdge): void;
  metric(at: EventPlace, name: MetricName, value: number, stack: number): void;
  label(at: EventPlace, label: number): void;
  task(at: EventPlace, edge: TaskEdge): void;
  region(at: EventPlace, edge: RegionEdge): void;
  log(at: EventPlace, task: number, key: number, value: number, stack: number): void;
  /** A CPU sample; `goroutineId` is Go's own number, for `at` may not know the goroutine. */
  sample(at: EventPlace, goroutineId: number, stack: number): void;
  experimental(at: EventPlace, type: number, args: readonly number[]): void;
}

export interface GenerationClock {
  /** Smallest time of any batch, clock units. */
  readonly minTime: number;
  readonly nsPerUnit: number;
  readonly snapshot:
    | {
        readonly traceTime: number;
        readonly monotonicNs: number;
        readonly unixSeconds: number;
        readonly unixNanoseconds: number;
      }
    | undefined;
}

/** The context of an event before it took effect. */
export interface EventPlace {
  /** Clock units. */
  time: number;
  thread: number;
  processor: number;
  goroutine: number;
}

export const undetermined = 255;

/** A goroutine's transition; reused from call to call. States and causes are those of trace.ts, or `undetermined`. */
export interface GoroutineChange {
  goroutine: number;
  from: number;
  to: number;
  cause: number;
  reason: number;
  /** Stack of the goroutine that changes. */
  ownStack: number;
  /** Stack of the code that ran. */
  stack: number;
}

export type ProcessorState = 'Undetermined' | 'NotExist' | 'Running' | 'Idle';
export type MetricName = '/sched/gomaxprocs:threads' | '/memory/classes/heap/objects:bytes' | '/gc/heap/goal:bytes';

export interface RangeEdge {
  readonly edge: 'begin' | 'active' | 'end';
  readonly kind: 'gc mark' | 'stw' | 'mark assist' | 'sweep';
  /** Goroutine of a stop-the-world or assist, processor of a sweep; -1 for GC mark. */
  readonly scope: number;
  /** String: what the world stopped for; 0 otherwise. */
  readonly name: number;
  readonly stack: number;
  /** Of the end of a sweep, bytes. */
  readonly swept: number;
  readonly reclaimed: number;
}

export interface TaskEdge {
  readonly edge: 'begin' | 'end';
  readonly id: number;
  /** 0 when it has none or it is unknown. */
  readonly parent: number;
  readonly name: number;
  readonly stack: number;
  /** False for the end of a task that began before the trace. */
  readonly known: boolean;
}

export interface RegionEdge {
  readonly edge: 'begin' | 'end';
  readonly task: number;
  readonly name: number;
  readonly stack: number;
}
