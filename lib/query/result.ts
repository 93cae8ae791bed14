import type { Lock, LockEntry } from '@/lib/contention/lock';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import type { Cover, Note } from '@/lib/store/port';
import type { UnixMs } from '@/lib/units';

export type { FlameNode };

/** `lockscope/top/v1`: what `lockscope top --json` and `GET /api/v1/services/{service}/locks` answer. */
export interface TopDocument {
  readonly schema: 'lockscope/top/v1';
  readonly window: { readonly start: string | null; readonly end: string | null; readonly seconds: number | null };
  /** Profile files that were read; none when a server answers from its store. */
  readonly inputs: readonly {
    readonly file: string;
    readonly type: string;
    readonly samples: number;
    readonly goVersion: string | null;
  }[];
  /** What a server answered from: windows stored in the range, by kind of profile. */
  readonly stored?: { readonly blockWindows: number; readonly mutexWindows: number };
  readonly locks: readonly Lock[];
  readonly waits: readonly Lock[];
  readonly idle: { readonly sites: number; readonly delaySeconds: number; readonly list?: readonly Lock[] };
  readonly notes: readonly Note[];
  readonly left_out: Readonly<Record<string, unknown>>;
}

/** Sampling as far as it is known. undefined = not told by labels, target or flags. */
export interface Sampling {
  readonly blockRateNs: number | undefined;
  readonly mutexFraction: number | undefined;
  /** The one Go version of all series; undefined when unknown or when they differ. */
  readonly goVersion: string | undefined;
  /** Every Go version that a series tells. */
  readonly goVersions: readonly string[];
  /** True when the Go version was inferred from stacks (print ≈). */
  readonly goInferred: boolean;
}

/** Who reports, how much, how fresh: the footer of every page. */
export interface Coverage {
  /** Every pod with a window in the range. */
  readonly pods: readonly string[];
  /** How many of them still reported at the end of the range, or when the newest profile before it came. */
  readonly reporting: number;
  readonly builds: readonly string[];
  readonly windows: number;
  readonly newest: UnixMs | undefined;
  readonly bucketSeconds: number | undefined;
  readonly sampling: Sampling;
  /** Profile kinds present in the range; tells "no data" from "profiling is off" from "nothing waits". */
  readonly block: Cover;
  readonly mutex: Cover;
  /** Newest end of any window of the service, in or out of range. */
  readonly lastSeen: UnixMs | undefined;
}

export interface LocksResult {
  readonly document: TopDocument;
  readonly locks: readonly LockEntry[];
  readonly waits: readonly LockEntry[];
  readonly idle: readonly LockEntry[];
  /** Runtime-internal locks: a lane of their own. */
  readonly runtime: readonly LockEntry[];
  readonly coverage: Coverage;
}

/** Goroutines waiting per bucket. null = no profile arrived; 0 = profiles arrived and nothing waited. */
export interface WaitingLine {
  readonly name: string;
  readonly avg: readonly (number | null)[];
  /** Busiest native window of one pod in the bucket. */
  readonly max: readonly (number | null)[];
}

export interface Timeline {
  readonly from: UnixMs;
  readonly stepMs: number;
  readonly buckets: number;
  /** One a lock, in the order asked for, then `other` when locks were left out (with its number of locks in the name). */
  readonly lines: readonly (WaitingLine & { readonly lockId: string | undefined })[];
  readonly total: WaitingLine;
}

export interface HeatMap {
  readonly from: UnixMs;
  readonly stepMs: number;
  readonly buckets: number;
  /** In phase order: by the bucket of the first stall, then by name. */
  readonly rows: readonly { readonly pod: string; readonly build: string; readonly max: readonly (number | null)[] }[];
}

export interface Caller {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly share: number;
}

/** Stalls of a lock seen over all pods: when, how many, period when at least three are regular. */
export interface Stalls {
  readonly count: number;
  readonly starts: readonly UnixMs[];
  readonly everySeconds: number | undefined;
  /** Pods that stalled at least once. */
  readonly pods: number;
  readonly inPhase: boolean;
}

export interface LockDetail {
  readonly entry: LockEntry;
  readonly coverage: Coverage;
  readonly timeline: WaitingLine & { readonly from: UnixMs; readonly stepMs: number; readonly buckets: number };
  readonly heat: HeatMap;
  readonly waiterCallers: readonly { readonly site: string; readonly callers: readonly Caller[] }[];
  readonly holderCallers: readonly { readonly site: string; readonly callers: readonly Caller[] }[];
  readonly builds: readonly {
    readonly build: string;
    readonly avg: number;
    readonly max: number;
    readonly first: UnixMs;
    readonly pods: number;
  }[];
  readonly stalls: Stalls;
  readonly notes: readonly Note[];
  /** Of the whole answer: what belongs to no lock may belong to this one. */
  readonly leftOut: TopDocument['left_out'];
}

export interface ServiceSummary {
  readonly service: string;
  /** Pods seen in the range, and how many of them still report (`Coverage.reporting`). */
  readonly pods: number;
  readonly reporting: number;
  readonly newest: UnixMs | undefined;
  readonly builds: readonly { readonly build: string; readonly first: UnixMs }[];
  /** Busiest lock, when anything waits. */
  readonly worst: LockEntry | undefined;
  readonly worstStalls: Stalls | undefined;
  /** Over all locks, per bucket: the busiest pod. */
  readonly strip: readonly (number | null)[];
  readonly avg: number | null;
  readonly max: number | null;
  /** `trouble`: a stall by rule; `quiet`: data and no stall; `off`: no block or mutex profiles; `silent`: no data in range. */
  readonly state: 'trouble' | 'quiet' | 'off' | 'silent';
}

export interface Overview {
  readonly from: UnixMs;
  readonly stepMs: number;
  readonly buckets: number;
  readonly services: readonly ServiceSummary[];
  readonly pods: number;
  readonly reporting: number;
  readonly windows: number;
  readonly newest: UnixMs | undefined;
}
