import type { Site } from '@/lib/contention/lock';

/**
 * What the lock analysis finds in one trace. Times are nanoseconds since the start of the trace. Columns hold one row
 * per wait or hold; small lists hold objects. `docs/semantics.md` gives each derivation.
 */
export interface LockTrace {
  readonly locks: readonly TracedLock[];
  readonly sites: readonly Site[];
  readonly waits: Waits;
  readonly holds: Holds;
  readonly convoys: readonly Convoy[];
  /** Cheaper convoys than those listed. */
  readonly convoysLeftOut: number;
  readonly gc: GcShare;
  /** Assumptions and limits of this trace, for people. */
  readonly notes: readonly { readonly code: string; readonly message: string }[];
}

/** A merged class of sites: what release edges join. Falling by the time waited in total. */
export interface TracedLock {
  /** As in profiles (`Lock.id`), so that the lock page and captures find each other. */
  readonly id: string;
  /** Receiver type or function; with `trace.Log(ctx, "lock", name)` that name. */
  readonly name: string;
  readonly named: boolean;
  readonly family: string;
  /** False for waits that no lock stands behind: channels, select, Cond, WaitGroup, network. */
  readonly isLock: boolean;
  readonly waits: number;
  readonly episodes: number;
  readonly blockedNs: number;
  readonly wakeupNs: number;
  readonly totalNs: number;
  /** Of total wait over completed waits, nearest rank; null when none completed. */
  readonly percentiles: Percentiles;
  readonly queue: { readonly avg: number; readonly max: number; readonly maxAtNs: number | null };
  readonly waiters: readonly TracedWaiter[];
  readonly holders: readonly TracedHolder[];
}

export interface Percentiles {
  readonly p50Ns: number | null;
  readonly p90Ns: number | null;
  readonly p99Ns: number | null;
  readonly maxNs: number | null;
  readonly n: number;
  /** Waits that began before the trace or had not ended with it; the longest of them bounds the maximum from below. */
  readonly censored: number;
  readonly longestCensoredNs: number | null;
}

/** A wait site of a lock, by total wait falling. */
export interface TracedWaiter {
  /** Index into `LockTrace.sites`. */
  readonly site: number;
  readonly waits: number;
  readonly totalNs: number;
  readonly percentiles: Percentiles;
}

/** A release site, by the waiting it ended falling. */
export interface TracedHolder {
  readonly site: number;
  /** Id Go gave the goroutine when all releases are one goroutine's; null otherwise. */
  readonly goroutine: number | null;
  /** `releaser` woke waiters it did not make wait: the pending writer of a convoy. */
  readonly role: 'holder' | 'releaser';
  readonly releases: number;
  readonly waitReleasedNs: number;
  /** Over exact holds; null when there is none. */
  readonly holdP50Ns: number | null;
  readonly holdMaxNs: number | null;
  readonly holds: { readonly exact: number; readonly bounded: number; readonly unknown: number };
  readonly doing: Doing;
}

/** Nanoseconds of the certain parts of holds, by what the holder did meanwhile. */
export interface Doing {
  readonly running: number;
  readonly runnable: number;
  readonly syscall: number;
  readonly network: number;
  readonly lock: number;
  readonly sleep: number;
  readonly gc: number;
  readonly other: number;
}

export const waitFlag = { beganBefore: 1, unfinished: 2, viaCond: 4, handoff: 8 } as const;

/** One row per acquisition attempt that blocked (re-blocks merged), by begin. NaN = not in the trace. */
export interface Waits {
  readonly count: number;
  readonly lock: Uint32Array;
  /** Index into `LockTrace.sites`. */
  readonly site: Uint32Array;
  readonly goroutine: Uint32Array;
  readonly stack: Uint32Array;
  readonly beginNs: Float64Array;
  /** Last wake-up; of a wait that a lost part of the file cut (`unfinished`), where that part begins. */
  readonly grantedNs: Float64Array;
  readonly acquiredNs: Float64Array;
  readonly blockedNs: Float64Array;
  readonly wakeupNs: Float64Array;
  /** Goroutine of the last wake-up; -1 for the scheduler or none. */
  readonly by: Int32Array;
  readonly byStack: Uint32Array;
  /** Of a writer: when it began to wait for the readers inside, and when the last of them let go. NaN = it did not. */
  readonly drainBeginNs: Float64Array;
  readonly drainEndNs: Float64Array;
  /** Hold that this wait's last wake-up ended; -1 when none is known. */
  readonly hold: Int32Array;
  readonly blocks: Uint16Array;
  readonly flags: Uint8Array;
  readonly episode: Uint32Array;
}

/** Where a hold's start stands. `exact`: acquired at `startNs`. `bounded`: held since `certainNs` at the latest, not before `startNs`. `unknown`: nothing but its end. */
export const holdStart = { exact: 0, bounded: 1, unknown: 2 } as const;
export const holdMode = { mutex: 0, write: 1, read: 2, other: 3 } as const;

/** One row per hold that someone waited for, by end. */
export interface Holds {
  readonly count: number;
  readonly lock: Uint32Array;
  /** Release site: index into `LockTrace.sites`. */
  readonly site: Uint32Array;
  readonly goroutine: Uint32Array;
  readonly stack: Uint32Array;
  readonly mode: Uint8Array;
  readonly start: Uint8Array;
  readonly startNs: Float64Array;
  readonly certainNs: Float64Array;
  /** NaN = no visible release. */
  readonly endNs: Float64Array;
  /** Goroutines its release woke. */
  readonly woke: Uint32Array;
  /** Waiting that it ended, ns. */
  readonly waitReleasedNs: Float64Array;
}

/** Readers stuck behind a writer, or a slow reader before it. By waiting falling. */
export interface Convoy {
  readonly lock: number;
  readonly atNs: number;
  readonly durationNs: number;
  /** `slow reader`: a pending writer waits for `culprit`, and readers behind it. `long writer`: `culprit` held for writing. `long holder`: a mutex queue. */
  readonly kind: 'slow reader' | 'long writer' | 'long holder';
  readonly culprit: { readonly site: number; readonly goroutine: number; readonly stack: number };
  readonly writer: { readonly site: number; readonly goroutine: number } | null;
  readonly victims: number;
  readonly waitNs: number;
  readonly pendingNs: number;
  readonly heldNs: number;
  readonly grantDelayNs: number;
  readonly doing: Doing;
}

export interface GcShare {
  readonly cycles: number;
  readonly markNs: number;
  readonly stwNs: number;
  readonly longestStwNs: number;
  /** Share of lock waiting inside mark phases, and that share over the base rate; null without waits or cycles. */
  readonly waitShare: number | null;
  readonly lift: number | null;
  readonly stwWaitShare: number | null;
  readonly stwLift: number | null;
  /** Holders drafted into mark assists while they held. */
  readonly assistInHoldsNs: number;
}
