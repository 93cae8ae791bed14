import type { SiteDef, SiteId } from '@/lib/profile/site';

/** The shapes of docs/api.md (`lockscope/top/v1`). A value that could not be known is null, never 0. */
export interface Site {
  readonly id: string;
  readonly kind: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

export interface WaitingNumbers {
  /** Goroutines waiting: sum of delay over sum of wall of the pods' windows, so what one pod sees on average. */
  readonly avg: number | null;
  /** Largest native window of one pod. */
  readonly max: number | null;
  readonly maxAt: string | null;
  /** The pod of that window; null when the input is one process without a name. */
  readonly maxPod: string | null;
  readonly bucketSeconds: number | null;
  /** Pods that had any of it. */
  readonly pods: number | null;
  /** Average over all pods together. */
  readonly sumAvg: number | null;
}

export interface WaiterSite {
  readonly site: Site;
  readonly delaySeconds: number;
  readonly contentions: number;
  readonly meanWaitSeconds: number | null;
  readonly share: number | null;
}

export interface HolderSite {
  readonly site: Site;
  readonly role: 'holder' | 'releaser';
  readonly delaySeconds: number;
  readonly contentions: number;
  readonly share: number | null;
}

export type Link = 'Exact' | 'Strong' | 'Inferred' | 'Unlinked';

export interface Lock {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly waiting: WaitingNumbers;
  /** Of the waiters; null without a block profile. */
  readonly delaySeconds: number | null;
  readonly contentions: number | null;
  readonly meanWaitSeconds: number | null;
  readonly share: number | null;
  readonly waiters: readonly WaiterSite[];
  readonly holders: readonly HolderSite[];
  readonly link: Link;
  readonly pattern: string | null;
  readonly rules: readonly string[];
}

/** The two profiles of one lock side by side: what waiters waited and what unlocks were charged. */
export interface Conservation {
  readonly waitedSeconds: number;
  readonly chargedSeconds: number;
  readonly waits: number;
  readonly releases: number;
  /** charged / waited; null when nothing was waited. */
  readonly delayRatio: number | null;
  readonly countRatio: number | null;
  /** `not comparable`: Go <= 1.21, a mutex fraction above 1 or unknown, or a side is missing; `why` says which. */
  readonly verdict: 'agree' | 'differ' | 'not comparable';
  readonly why: string;
}

/** A lock with what pages need beside the public document: its rows in the store and how sure we are. */
export interface LockEntry {
  readonly lock: Lock;
  /** Lock-level store rows whose windows add up to this lock's waiting; empty when seen only in the mutex profile. */
  readonly waitRows: readonly SiteId[];
  readonly holdRows: readonly SiteId[];
  readonly waitSites: readonly SiteDef[];
  readonly holdSites: readonly SiteDef[];
  /**
   * A: one function waits and releases. B: same receiver type and family. C: same package and family. D: same family,
   * and both profiles agree on the counts (and delays, where comparable). undefined when unlinked.
   */
  readonly level: 'A' | 'B' | 'C' | 'D' | undefined;
  readonly conservation: Conservation | undefined;
  /** Estimated hold in seconds, from mean wait (RWMutex writer: [W, 2W]; saturated Mutex: W/L); undefined when no formula fits. */
  readonly holdSeconds: { readonly low: number; readonly high: number; readonly formula: string } | undefined;
}
