import type { SiteDef } from '@/lib/profile/site';
import type { ChangedSite } from './comparison';

/** A profile of a run, or its unprofiled times. Each is a column of values of its own. */
export type Source = 'mutex' | 'block' | 'cpu' | 'time';

/** One site, function or benchmark over the runs of one arm. */
export interface ArmRow {
  /** As recorded in this arm. */
  readonly site: ChangedSite;
  /** As builds share it: `matchingName` of the function. */
  readonly name: string;
  /** Place in the function: `+7` from its first line, `#1` by order where that is unknown; "" for functions. */
  readonly place: string;
  /** Of mutex and block profiles; undefined for CPU and times. */
  readonly def: SiteDef | undefined;
  /** ns per unit, one for each measured run in run order; 0 = measured, and not there. */
  readonly values: readonly number[];
  /** Contentions per unit; of CPU the self time in ns per unit. */
  readonly beside: readonly number[];
  /** Contentions or samples over all runs: how much stands behind the values. */
  readonly events: number;
  /** By matching name, sorted. */
  readonly callers: readonly string[];
  readonly callees: readonly string[];
}

/** The rows of one source over the runs that measured it. Runs of different benchmarks are apart. */
export interface ArmTable {
  readonly source: Source;
  readonly benchmark: string | null;
  /** Numbers of those runs among the arm's. */
  readonly runs: readonly number[];
  readonly rows: readonly ArmRow[];
}
