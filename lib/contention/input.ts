import type { SiteDef } from '@/lib/profile/site';

/** The busiest native window of one pod for a row. `MaxRate` of the store port, with the pod for its labels. */
export interface RowMax {
  /** ns of delay per second of wall time; /1e9 = goroutines waiting. */
  readonly rate: number;
  /** Start of that window, ms since 1970; undefined when the input tells no time. */
  readonly at: number | undefined;
  readonly wallMs: number;
  /** The pod whose window it is; undefined when the input is one process without a name. */
  readonly pod?: string | undefined;
}

/** What one site or lock adds up to in the range. Structurally the store port's `SiteTotals`. */
export interface SiteRow {
  readonly site: SiteDef;
  /** Contentions. */
  readonly count: number;
  /** Delay in ns. */
  readonly value: number;
  /** undefined when no window has a length. */
  readonly max: RowMax | undefined;
  /** Pods that had any of it. */
  readonly series: number;
}

/** One profile kind over the range. */
export interface ProfileSide {
  /** Rows of level `site`. */
  readonly sites: readonly SiteRow[];
  /** Rows of level `lock`: needed for their maximum, which no sum of sites can give. */
  readonly locks: readonly SiteRow[];
  /** Sum over windows and pods of wall time; undefined or 0 = the length is not known. */
  readonly wallMs: number | undefined;
  /** Pods that reported this profile, waiting or not. */
  readonly series: number;
  /** Rows beyond the caller's limit: stated in `leftOut`, never dropped in silence. */
  readonly other: { readonly count: number; readonly value: number; readonly members: number } | undefined;
}

/** What profile files cannot say. undefined = not known; nothing that depends on it is claimed. */
export interface SamplingFacts {
  readonly blockRateNs: number | undefined;
  readonly mutexFraction: number | undefined;
  /** All Go versions among the data, `go1.23.5`; empty = unknown. */
  readonly goVersions: readonly string[];
  /** True when the version was inferred from stacks. */
  readonly goInferred: boolean;
}

export interface LocksInput {
  /** undefined = no block profile at all; without rows = a profile in which nothing waited. */
  readonly block: ProfileSide | undefined;
  readonly mutex: ProfileSide | undefined;
  readonly sampling: SamplingFacts;
  /** Further functions whose waits are idle: exact names, or prefixes that end in `*`. */
  readonly idleFunctions: readonly string[];
}

export interface ContentionNote {
  readonly code: string;
  readonly message: string;
}
