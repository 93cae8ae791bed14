/**
 * A Go execution trace, read into columns. Times are nanoseconds since the start of the trace, from the raw clock:
 * never clamped, so that between threads they may step back by the clock's skew. Ids are dense numbers of ours:
 * strings and stacks are interned over all generations, goroutines in order of first sight.
 */
export interface Trace {
  /** The header's version: 22, 23 (also written by Go 1.24), 25, 26 (also written by Go 1.27). */
  readonly format: TraceFormat;
  readonly clock: TraceClock;
  readonly durationNs: number;
  /** Events that were read, batches and tables not counted. */
  readonly events: number;
  readonly generations: readonly Generation[];
  readonly symbols: Symbols;
  readonly goroutines: Goroutines;
  readonly log: TransitionLog;
  readonly ranges: Ranges;
  readonly tasks: Tasks;
  readonly regions: Regions;
  readonly logs: UserLogs;
  readonly cpuSamples: number;
  /** Undefined where only part of a trace is kept. */
  readonly backwards?: Backwards;
  /** What could not be read; empty for a whole file. */
  readonly lost: readonly Loss[];
}

export type TraceFormat = 22 | 23 | 25 | 26;

export interface TraceClock {
  /** Nanoseconds per clock unit of the first generation: 64 but on Windows. */
  readonly nsPerUnit: number;
  /** The trace's start on CLOCK_MONOTONIC, ns: truth files of programs on the same machine use it. */
  readonly startMonotonicNs: number;
  /** The trace's start on the wall clock, ms since 1970; undefined before Go 1.25, which records none. */
  readonly startUnixMs: number | undefined;
}

/** A slice of the file that stands alone, about a second long. */
export interface Generation {
  readonly number: number;
  readonly offset: number;
  readonly bytes: number;
  readonly startNs: number;
  readonly endNs: number;
  readonly events: number;
}

/** Bytes that were left out of a trace, and why. `generation` is undefined when it could not be told. */
export interface Loss {
  readonly code: string;
  readonly message: string;
  readonly generation: number | undefined;
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Intervals of goroutines that end before they begin: one thread began and another ended them, and their clocks differ
 * (never on Linux, where the clock is one). They count as 0 ns long.
 */
export interface Backwards {
  readonly intervals: number;
  readonly largestNs: number;
}

/** Strings, frames and stacks. String 0 is "", stack 0 is no stack. Frames of a stack are leaf first. */
export interface Symbols {
  readonly strings: readonly string[];
  readonly frameFunction: Uint32Array;
  readonly frameFile: Uint32Array;
  readonly frameLine: Uint32Array;
  /** Stack s owns stackFrames[stackStart[s] .. stackStart[s + 1]). */
  readonly stackStart: Uint32Array;
  readonly stackFrames: Uint32Array;
}

export interface Goroutines {
  readonly count: number;
  readonly id: Float64Array;
  /** String: the outermost function of the first stack seen; 0 when none was. */
  readonly name: Uint32Array;
  /** Goroutine that created it; -1 when unseen. */
  readonly parent: Int32Array;
  /** Stack of the `go` statement; 0 when unseen. */
  readonly createdAt: Uint32Array;
  readonly firstRow: Int32Array;
  readonly lastRow: Int32Array;
}

/** `TransitionLog.state` after the transition; `unknown` spans what was lost of the file. */
export const goState = { gone: 0, runnable: 1, running: 2, syscall: 3, waiting: 4, unknown: 5 } as const;

/** `TransitionLog.cause`: the event that made the transition. `status` tells what held before, and changes nothing. */
export const goCause = {
  status: 0,
  created: 1,
  started: 2,
  stopped: 3,
  blocked: 4,
  unblocked: 5,
  syscallBegin: 6,
  syscallEnd: 7,
  syscallEndBlocked: 8,
  destroyed: 9,
  switchedAway: 10,
  switchedTo: 11,
  lost: 12,
} as const;

/** Transitions of goroutines in causal order. An interval is a row up to the same goroutine's `next` row. */
export interface TransitionLog {
  readonly count: number;
  readonly timeNs: Float64Array;
  /** Index into `Goroutines`. */
  readonly goroutine: Uint32Array;
  readonly state: Uint8Array;
  readonly cause: Uint8Array;
  /** String: block or stop reason as Go wrote it; 0 when none. */
  readonly reason: Uint16Array | Uint32Array;
  /**
   * Stack: of the goroutine itself when it blocks, stops, enters a syscall or is stated (Go >= 1.23); of the other one
   * when it is unblocked or created (what the new goroutine starts with is its name). 0 when none.
   */
  readonly stack: Uint16Array | Uint32Array;
  /** The goroutine on the emitting thread when it is another one: unblocker, creator. -1 when none. */
  readonly by: Int32Array;
  /** Row of the goroutine's transition before; -1 for its first. */
  readonly previous: Int32Array;
  /** Row of the goroutine's following transition; -1 for its last. */
  readonly next: Int32Array;
}

export const rangeKind = { gcMark: 0, stw: 1, markAssist: 2 } as const;

/** Ranges of the collector and of stopped worlds, in causal order of their begin. `endNs` is the trace's end for those still open there, and `open` says so (1 = start, 2 = end, 3 = both unseen). */
export interface Ranges {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  readonly open: Uint8Array;
  /** Goroutine of a stop-the-world or mark assist; -1 otherwise. */
  readonly goroutine: Int32Array;
  /** String: what a stop-the-world was for; 0 otherwise. */
  readonly name: Uint32Array;
}

/** User tasks by id. NaN where a begin or end is not in the trace. */
export interface Tasks {
  readonly count: number;
  readonly id: Float64Array;
  readonly parent: Float64Array;
  readonly name: Uint32Array;
  readonly goroutine: Int32Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

/** User regions by end (those without one last). NaN where a begin or end is not in the trace. */
export interface Regions {
  readonly count: number;
  readonly task: Float64Array;
  readonly name: Uint32Array;
  readonly goroutine: Int32Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

/** `trace.Log` messages in causal order. */
export interface UserLogs {
  readonly count: number;
  readonly timeNs: Float64Array;
  readonly goroutine: Int32Array;
  readonly task: Float64Array;
  readonly key: Uint32Array;
  readonly value: Uint32Array;
  /** The goroutine's newest row in the transition log when it logged; -1 when it had none. */
  readonly afterRow: Int32Array;
}
