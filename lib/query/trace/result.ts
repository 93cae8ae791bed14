import type { Site } from '@/lib/contention/lock';
import { type LaneState, laneStates } from '@/lib/locktrace/lane-state';
import type { Doing, GcShare, Percentiles } from '@/lib/locktrace/lock-trace';

/**
 * What the trace page shows. Times are nanoseconds since the start of the trace; goroutines are the ids Go gave them.
 * Everything is computed on the server for the pixels at hand: raw events never reach the browser.
 */
export interface TraceSummary {
  readonly goVersion: string;
  readonly durationNs: number;
  readonly startUnixMs: number | null;
  readonly events: number;
  readonly goroutines: number;
  readonly generations: number;
  readonly locks: readonly TraceLockRow[];
  readonly convoys: readonly TraceConvoyRow[];
  readonly gc: GcShare;
  /** One sentence naming holder, hold, waiters and release; undefined when nothing waited for a lock. */
  readonly headline: TraceHeadline | undefined;
  readonly notes: readonly { readonly code: string; readonly message: string }[];
  readonly lost: readonly { readonly code: string; readonly message: string; readonly bytes: number }[];
}

export interface TraceHeadline {
  readonly lock: string;
  readonly lockName: string;
  readonly mode: 'write' | 'read' | 'mutex' | 'other';
  readonly holder: string | undefined;
  readonly goroutine: number | undefined;
  readonly holdNs: number | undefined;
  readonly start: 'exact' | 'bounded' | 'unknown';
  readonly waiter: string;
  readonly victims: number;
  /** From the first to the last wake-up of the release. */
  readonly wokenWithinNs: number | undefined;
  readonly doing: Doing | undefined;
  readonly kind: TraceConvoyRow['kind'] | undefined;
  /** Who waited: all of them readers, all of them writers, or a mixture or others. */
  readonly waiting: 'readers' | 'writers' | 'goroutines';
  /** The release that ended the hold is in the trace. */
  readonly released: boolean;
  /** Goroutines that the release woke: fewer than `victims` when some waited behind a pending writer. */
  readonly woke: number;
  /**
   * The state that took most of the certain part of the hold, the call of the holder that took most of that state ("" =
   * no stack tells), and the share of either.
   */
  readonly most:
    | { readonly state: LaneState; readonly share: number; readonly function: string; readonly functionShare: number }
    | undefined;
  /** Goroutines the release woke that met again at another lock, and how long that lock took to let the last one in. */
  readonly followed:
    | { readonly lock: string; readonly lockName: string; readonly goroutines: number; readonly drainNs: number }
    | undefined;
  /** Longest of the waits that the sentence is about; to the end of the trace when that wait had not ended. */
  readonly longestWaitNs: number;
  /** The stall's window with a little on both sides, to zoom to. */
  readonly fromNs: number;
  readonly toNs: number;
}

export interface TraceLockRow {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly isLock: boolean;
  readonly waits: number;
  readonly totalNs: number;
  readonly blockedNs: number;
  readonly wakeupNs: number;
  readonly percentiles: Percentiles;
  readonly queueAvg: number;
  readonly queueMax: number;
  readonly queueMaxAtNs: number | null;
  readonly waiters: readonly {
    readonly site: Site;
    readonly waits: number;
    readonly totalNs: number;
    readonly percentiles: Percentiles;
  }[];
  readonly holders: readonly {
    readonly site: Site;
    readonly role: 'holder' | 'releaser';
    readonly goroutine: number | null;
    readonly releases: number;
    readonly waitReleasedNs: number;
    readonly holdP50Ns: number | null;
    readonly holdMaxNs: number | null;
    readonly holds: { readonly exact: number; readonly bounded: number; readonly unknown: number };
    readonly doing: Doing;
  }[];
}

export interface TraceConvoyRow {
  readonly lockId: string;
  readonly kind: 'slow reader' | 'long writer' | 'long holder';
  readonly atNs: number;
  readonly durationNs: number;
  readonly culprit: Site;
  readonly goroutine: number;
  readonly victims: number;
  readonly waitNs: number;
  readonly doing: Doing;
}

export type { LaneState };
export { laneStates };

/** What a window of the trace looks like at `pixels` columns. */
export interface TraceTile {
  readonly fromNs: number;
  readonly toNs: number;
  readonly pixels: number;
  /** Goroutines per state and pixel: time-weighted mean and largest. The Go runtime's own goroutines are left out and counted. */
  readonly states: readonly {
    readonly state: LaneState;
    readonly mean: readonly number[];
    readonly max: readonly number[];
  }[];
  readonly runtimeGoroutines: number;
  readonly gc: readonly TileRange[];
  readonly lock: TileLock | undefined;
  /** Lanes of the goroutines that held, most blamed first; `moreHolders` were left out. */
  readonly holders: readonly TileLane[];
  readonly moreHolders: number;
  /** Convoys of the lock that overlap the window, costliest first. */
  readonly convoys: readonly TraceConvoyRow[];
  /** Folded waiters, one lane per wait site of the lock. */
  readonly waiters: readonly TileQueue[];
  /** Unfolded waits of one site, 50 a page. */
  readonly unfolded:
    | { readonly site: string; readonly total: number; readonly offset: number; readonly rows: readonly TileWait[] }
    | undefined;
  /** Lanes asked for by goroutine. */
  readonly lanes: readonly TileLane[];
}

export interface TileRange {
  readonly kind: 'gc mark' | 'stw' | 'mark assist';
  readonly name: string;
  readonly startNs: number;
  readonly endNs: number;
  /** How many were drawn as one because they are narrower than a pixel. */
  readonly merged: number;
}

export interface TileLock {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly holds: readonly TileHold[];
  /** Queue depth per pixel by who waits. */
  readonly queue: readonly {
    readonly who: 'readers' | 'writers' | 'writers draining' | 'waiters';
    readonly mean: readonly number[];
    readonly max: readonly number[];
  }[];
}

export interface TileHold {
  readonly goroutine: number;
  readonly site: Site;
  readonly mode: 'write' | 'read' | 'mutex' | 'other';
  readonly start: 'exact' | 'bounded' | 'unknown';
  readonly startNs: number;
  readonly certainNs: number;
  readonly endNs: number;
  readonly woke: number;
  /** False when no release is seen: the bar then ends with the trace. */
  readonly released: boolean;
  /** How many holds this bar stands for: 1, or as many as are too narrow to draw and close together at one site. */
  readonly merged: number;
  /** Of the bar's length, what is known to have been held: less than its length when several were merged. */
  readonly heldNs: number;
}

export interface TileLane {
  readonly goroutine: number;
  readonly name: string;
  readonly bars: readonly TileBar[];
}

export interface TileBar {
  readonly state: LaneState;
  /** Wait site or reason in words; empty when it says nothing more than the state. */
  readonly label: string;
  readonly startNs: number;
  readonly endNs: number;
  /** How many intervals this bar stands for; above 1 the state and label are those of most of its time. */
  readonly merged: number;
}

export interface TileQueue {
  readonly site: Site;
  /** Waits of this site that overlap the part on screen. */
  readonly waits: number;
  readonly mean: readonly number[];
  readonly max: readonly number[];
}

export interface TileWait {
  readonly wait: number;
  readonly goroutine: number;
  readonly name: string;
  readonly beginNs: number;
  readonly grantedNs: number | null;
  readonly acquiredNs: number | null;
  readonly beganBefore: boolean;
  readonly unfinished: boolean;
  readonly by: number | null;
}

/** One wait in full: both stacks, who ended it, and the chain up to what nobody waited for. */
export interface WaitDetail extends TileWait {
  readonly lockId: string;
  readonly site: Site;
  readonly totalNs: number;
  readonly blockedNs: number;
  readonly wakeupNs: number;
  readonly stack: readonly TraceFrame[];
  readonly unblocker:
    | {
        readonly goroutine: number;
        readonly name: string;
        readonly stack: readonly TraceFrame[];
        readonly atNs: number;
      }
    | undefined;
  readonly hold:
    | (TileHold & {
        readonly stack: readonly TraceFrame[];
        readonly name: string;
        readonly doing: Doing;
        readonly parts: readonly HoldPart[];
      })
    | undefined;
  /** From this wait up: the holder, what the holder itself waited for, its holder, … */
  readonly chain: readonly {
    readonly goroutine: number;
    readonly name: string;
    readonly what: string;
    readonly fromNs: number;
    readonly toNs: number;
    readonly wait: number | null;
  }[];
  /** True when the chain goes on beyond the 32 waits shown. */
  readonly chainCut: boolean;
}

/** What the holder did while holding, merged by state and by what the function that held called. */
export interface HoldPart {
  readonly state: LaneState;
  readonly function: string;
  readonly ns: number;
  readonly times: number;
}

export interface TraceFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** `state:rlock dur:>1s fn:GetConfig g:8817` over waits and intervals; longest first. */
export interface TraceSearchResult {
  readonly query: string;
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly {
    readonly goroutine: number;
    readonly name: string;
    readonly state: LaneState;
    readonly label: string;
    readonly startNs: number;
    readonly endNs: number;
    readonly wait: number | null;
  }[];
}
