import type { UnixMs } from '@/lib/units';

/** The part of the catalogue port that keeps comparisons, and the levels that somebody accepted. */
export interface ComparisonCatalog {
  /** Keeps a comparison; the same id again gives the first record back with `created: false`. */
  addComparison(
    comparison: ComparisonRecord,
  ): Promise<{ readonly comparison: ComparisonRecord; readonly created: boolean }>;
  getComparison(id: string): Promise<ComparisonRecord | undefined>;
  /** Newest first, ties by id. `total` counts all that match. */
  listComparisons(page: ComparisonFilter & { readonly limit: number; readonly offset: number }): Promise<{
    readonly rows: readonly ComparisonRecord[];
    readonly total: number;
  }>;
  /** Forgets comparisons made before an instant and gives back what they were. Their blobs are the caller's. */
  removeComparisonsBefore(at: UnixMs): Promise<readonly ComparisonRecord[]>;

  addAcknowledgement(acknowledgement: NewAcknowledgement): Promise<AcknowledgementRecord>;
  /** Newest first, ties by id; with `activeAt`, those neither expired nor revoked at that instant. */
  listAcknowledgements(filter: AcknowledgementFilter): Promise<readonly AcknowledgementRecord[]>;
  /** False when there is none that is not revoked yet. */
  revokeAcknowledgement(id: string, at: UnixMs): Promise<boolean>;
}

export type ComparisonVerdict = 'regression' | 'suspicious' | 'improved' | 'unchanged' | 'inconclusive';

export interface ComparisonFilter {
  readonly service?: string;
  /** `owner/name`. */
  readonly repo?: string;
  readonly pull?: number;
}

/** One side, as a person reads it and as the compare page's URL says it. */
export interface ComparisonSide {
  /** `1.42.0`, `main at 3f2a9c1`, `24 Nov 14:00 to 14:30`. */
  readonly label: string;
  /** The URL parameter that gives this side again; undefined = it cannot be had again (runs of CI). */
  readonly parameter: string | undefined;
}

export interface ComparisonRecord {
  /** 16 hexadecimal digits, made by the caller. */
  readonly id: string;
  /** undefined = CI of something that sends no profiles. */
  readonly service: string | undefined;
  readonly origin: 'page' | 'ci';
  readonly base: ComparisonSide;
  readonly head: ComparisonSide;
  /** What values are divided by: `op`, `request`, `second`, `run`. */
  readonly unit: string;
  readonly verdict: ComparisonVerdict;
  /** Tested sites by verdict. */
  readonly counts: Readonly<Record<ComparisonVerdict | 'moved', number>>;
  /** Blob of the `lockscope/diff/v1` document. */
  readonly blobKey: string;
  readonly createdAt: UnixMs;
  /** Present when CI made it. */
  readonly ci: ComparedInCi | undefined;
}

export interface ComparedInCi {
  readonly repo: string;
  /** undefined = no pull request: a push to a branch. */
  readonly pull: number | undefined;
  readonly suite: string;
  readonly headSha: string;
  readonly baseSha: string | undefined;
  /** `CiReportRecord.id`. */
  readonly reportId: string;
}

/** A level that somebody accepts: until it expires, the site counts as worse only beyond it. */
export interface NewAcknowledgement {
  readonly service: string | undefined;
  readonly repo: string | undefined;
  readonly pull: number | undefined;
  /** `Site.id`. */
  readonly siteId: string;
  /** `Lock.id`; undefined for CPU and time. */
  readonly lockId: string | undefined;
  /** Go's full name: what an entry of the budget file matches. */
  readonly function: string;
  /** `mutex.delay`, `block.delay`, `cpu`, `time`. */
  readonly metric: string;
  /** What the value was, in the metric's unit per `unit`; undefined = it was new. */
  readonly from: number | undefined;
  /** What is accepted, in the same unit. */
  readonly level: number;
  readonly unit: string;
  readonly reason: string;
  readonly by: string;
  readonly createdAt: UnixMs;
  readonly expiresAt: UnixMs;
}

export interface AcknowledgementRecord extends NewAcknowledgement {
  readonly id: string;
  readonly revokedAt: UnixMs | undefined;
}

export interface AcknowledgementFilter {
  readonly service?: string;
  readonly repo?: string;
  readonly activeAt?: UnixMs;
}
