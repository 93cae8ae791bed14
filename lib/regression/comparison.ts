/** What comparing two arms tells. In memory and in JSON (`lockscope/diff/v1`) it is the same shape. */
export interface Comparison {
  readonly verdict: 'regression' | 'suspicious' | 'improved' | 'unchanged' | 'inconclusive';
  readonly runs: { readonly base: number; readonly head: number; readonly interleaved: boolean };
  readonly unit: Unit;
  /** Regressions first, the culprit of a group before what it displaced, by q, then by absolute change. */
  readonly sites: readonly SiteChange[];
  /** The same by lock, as people read it: goroutines waiting. Worst change first. */
  readonly locks: readonly LockChange[];
  /** The smallest ratio that would have been seen at a typical site; null = none could, or nothing was tested. */
  readonly blindBelowRatio: { readonly lock: number | null; readonly cpu: number | null; readonly time: number | null };
  /** What bears on whether to believe it: base used, fingerprints, noise, unequal runs. */
  readonly trust: readonly Note[];
  /** Sites that were not tested, by reason; tested + left out = all. */
  readonly leftOut: readonly { readonly reason: string; readonly sites: number }[];
}

export type Unit = 'op' | 'request' | 'second' | 'run';
export type Metric = 'mutex.delay' | 'mutex.contentions' | 'block.delay' | 'cpu' | 'time';
export type ChangeVerdict = 'regression' | 'suspicious' | 'improved' | 'unchanged' | 'inconclusive' | 'moved';

export interface Note {
  readonly code: string;
  readonly message: string;
}

export interface ChangedSite {
  readonly id: string;
  readonly kind: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** Values of one side, each divided by its run's denominator: ns per op, request or second; ns per run. */
export interface Side {
  readonly median: number;
  readonly values: readonly number[];
}

export interface SiteChange {
  readonly site: ChangedSite;
  /** The benchmark whose runs these are; null when runs are not of one. */
  readonly benchmark: string | null;
  readonly metric: Metric;
  /** Primary metrics are tested; the others are evidence: their q is null. */
  readonly primary: boolean;
  readonly verdict: ChangeVerdict;
  readonly presence: 'both' | 'new' | 'gone';
  readonly base: Side;
  readonly head: Side;
  /** exp of the Hodges-Lehmann shift of the logarithms, and its 95 % interval; null when the base is 0. */
  readonly ratio: number | null;
  readonly ci95: readonly [number, number] | null;
  /** One-sided, against base × (1 + least effect). Of the tested direction. */
  readonly p: number;
  readonly q: number | null;
  /** The least absolute change that counts, in the metric's unit. */
  readonly floor: number;
  /** The smallest ratio that this site's noise would have let through at 80 % power; null = cannot be told. */
  readonly minimalRatio: number | null;
  readonly why: string;
  /** Changes of one cause share it; the culprit's site id. */
  readonly group: string | null;
  /** How a site of the base was found again under another name; null = by its own. */
  readonly matchedBy: string | null;
  /** `Lock.id` of the lock that the site belongs to; null for CPU and time. */
  readonly lock: string | null;
}

/** One lock, in goroutines waiting (delay per second of wall time), or delay per op in benchmarks, per request or run where time is unknown. */
export interface LockChange {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  /** The benchmark whose runs these are; null when runs are not of one. */
  readonly benchmark: string | null;
  readonly verdict: ChangeVerdict;
  readonly presence: 'both' | 'new' | 'gone';
  readonly waiting: {
    readonly unit: 'goroutines' | 'seconds per op' | 'seconds per request' | 'seconds per run';
    readonly base: Side;
    readonly head: Side;
    /** Half width of the base's own spread: a change below it is noise. */
    readonly noise: number;
  };
  readonly contentions: { readonly base: Side; readonly head: Side };
  /** Seconds; null without contentions. */
  readonly meanWaitSeconds: { readonly base: number | null; readonly head: number | null };
  readonly ratio: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly q: number | null;
  /** Head runs above every base run's median: `10 of 10`. */
  readonly runsAbove: { readonly above: number; readonly of: number };
  /** Ids of `sites` that make it up, the one that decides first. */
  readonly sites: readonly string[];
  /** The most waiting wait site and the most charged release site of the head (of the base when gone). */
  readonly waiter: ChangedSite | null;
  readonly holder: ChangedSite | null;
  /** Name of the lock whose change displaced this one. */
  readonly movedWith: string | null;
  readonly why: string;
}
