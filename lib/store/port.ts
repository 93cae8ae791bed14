import type { Profile } from '@/lib/profile/profile';
import type { ProfileType } from '@/lib/profile/profile-type';
import type { SiteDef, SiteId, StackDef } from '@/lib/profile/site';
import type { Labels, Selection } from '@/lib/selection/selection';
import type { UnixMs } from '@/lib/units';

/**
 * The samples port. Every implementation passes `tests/conformance`; the in-memory one is the oracle.
 * Rules that hold for all of them are in docs/storage.md. In short:
 * identity of a window is (series, start, digest); a window belongs whole to the bucket that holds its
 * start; average = sum of values over sum of wall of the windows present; max = the largest native rate
 * of one series (the worst pod) and never the rate of a sum; answers do not depend on the tier.
 */

export interface Window {
  readonly series: { readonly type: ProfileType; readonly labels: Labels };
  /** Covers [start, start + wallMs). */
  readonly start: UnixMs;
  readonly wallMs: number;
  /** instant: goroutine, inuse_*: a state, averaged over windows and summed over series. */
  readonly kind: 'delta' | 'instant';
  /** Ascending, unique. */
  readonly stacks: BigUint64Array;
  /** Integers 0 <= x < 2^63, aligned with `stacks`. */
  readonly counts: Float64Array;
  readonly values: Float64Array;
}

export interface WriteBatch {
  readonly windows: readonly Window[];
  /** Definitions of every stack in `windows` that the store may not know yet; repeated ones are harmless. */
  readonly stacks: readonly StackDef[];
  /** Sites of those stacks and the lock-level rows they name. */
  readonly sites: readonly SiteDef[];
}

export interface WriteResult {
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly detail: string }[];
}

export interface Note {
  readonly code: string;
  readonly message: string;
}

export interface Cover {
  readonly windows: number;
  /** Sum over windows of their wall time. */
  readonly wallMs: number;
  readonly series: number;
  readonly notes: readonly Note[];
}

export interface Totals {
  readonly count: number;
  readonly value: number;
  /** How many stacks or sites are summed here. */
  readonly members: number;
}

/** The busiest native window of one series. */
export interface MaxRate {
  /** Value per second of wall time, rounded up to an integer (delay: ns per s; /1e9 = goroutines waiting). */
  readonly rate: number;
  /** Start of that window (or, from a roll-up, of its bucket). */
  readonly at: UnixMs;
  readonly wallMs: number;
  readonly labels: Labels;
}

export interface SiteTotals {
  readonly site: SiteDef;
  readonly count: number;
  readonly value: number;
  readonly max: MaxRate;
  /** Number of series that had any of it. */
  readonly series: number;
  /** Number of pods among those series: one pod may have several, one for each build. */
  readonly pods: number;
}

/** One line of a chart. Arrays are aligned with the buckets of `SeriesResult`. */
export interface Group {
  /** Values of the labels in `groupBy`; missing labels are "". */
  readonly by: Readonly<Record<string, string>>;
  /** Set when grouped by site. */
  readonly site: SiteDef | undefined;
  readonly values: Float64Array;
  readonly counts: Float64Array;
  /** Wall time of the windows present, over the group's series; 0 = no data: the average is null, not 0. */
  readonly wallMs: Float64Array;
  /** Largest native rate of one series in the bucket, ns per s (or value per s); 0 where `wallMs` is 0. */
  readonly maxRate: Float64Array;
}

export interface SeriesResult {
  /** The step used: at least the longest window in range. */
  readonly stepMs: number;
  readonly from: UnixMs;
  readonly buckets: number;
  readonly groups: readonly Group[];
  readonly cover: Cover;
}

export interface SeriesInfo {
  readonly type: ProfileType;
  readonly labels: Labels;
  readonly first: UnixMs;
  /** End of the newest window. */
  readonly last: UnixMs;
}

export interface Page {
  readonly limit: number;
  readonly cursor?: string;
}

export interface Paged<T> {
  readonly rows: readonly T[];
  readonly total: number;
  readonly next: string | undefined;
}

export interface RetentionPolicy {
  readonly rawMs: number;
  readonly site1mMs: number;
  readonly stack1hMs: number;
  readonly site1hMs: number;
  /** Bytes on disk above which raw is shortened first; undefined = no cap. */
  readonly maxBytes?: number;
}

export interface RetentionResult {
  readonly windows: number;
  readonly rollups: number;
  readonly bytesFreed: number;
}

export interface StoreStats {
  readonly windows: number;
  readonly series: number;
  readonly stacks: number;
  readonly sites: number;
  readonly bytes: number;
  /** Windows of one series with the same start and another digest, added up. */
  readonly overlaps: number;
  readonly collisions: number;
  /** Bytes of the last window per service and type are the catalogue's business; this is the newest end of all. */
  readonly newest: UnixMs | undefined;
  /** True from a write refused for want of disk space until one succeeds. */
  readonly full: boolean;
}

export interface SampleStore {
  /** Resolves when durable. A bad window is rejected alone; the good ones of its batch are stored. */
  write(batch: WriteBatch): Promise<WriteResult>;
  /** All stacks of the selection added up; the smallest beyond `maxStacks` are summed into `other`. */
  merged(
    selection: Selection,
    options?: { readonly maxStacks?: number; readonly sites?: readonly SiteId[] },
  ): Promise<{ profile: Profile; other: Totals; cover: Cover }>;
  /** Rows of one level, falling by `by`, ties by id; listed + other = total. */
  hotspots(
    selection: Selection,
    options: { readonly level: 'site' | 'lock'; readonly by: 'value' | 'count' | 'maxRate'; readonly limit: number },
  ): Promise<{ sites: SiteTotals[]; other: Totals; cover: Cover }>;
  /** Buckets aligned to multiples of the step since 1970. `sites` keeps those rows only (sites or locks); `perSite` makes a group for each. */
  series(
    selection: Selection,
    options: {
      readonly sites?: readonly SiteId[];
      readonly perSite?: boolean;
      readonly groupBy: readonly string[];
      readonly stepMs: number;
    },
  ): Promise<SeriesResult>;
  listSeries(selection: Selection, page: Page): Promise<Paged<SeriesInfo>>;
  labelNames(selection: Selection): Promise<string[]>;
  labelValues(selection: Selection, name: string, page: Page & { readonly prefix?: string }): Promise<Paged<string>>;
  remove(selection: Selection): Promise<{ windows: number }>;
  retain(now: UnixMs, policy: RetentionPolicy): Promise<RetentionResult>;
  rollUp(now: UnixMs): Promise<{ buckets: number }>;
  export(selection: Selection): AsyncIterable<Window>;
  stats(): Promise<StoreStats>;
  close(): Promise<void>;
}
