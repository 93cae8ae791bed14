import type { UnixMs } from '@/lib/units';

/** The part of the catalogue port that keeps what CI uploads: a report, its runs, and the comment made of it. */
export interface CiReportCatalog {
  /** Opens a report; the same key again gives the first record back, as it stands by now, with `created: false`. */
  openCiReport(report: NewCiReport): Promise<{ readonly report: CiReportRecord; readonly created: boolean }>;
  getCiReport(id: string): Promise<CiReportRecord | undefined>;
  /** Newest first, ties by id. `total` counts all that match. */
  listCiReports(page: CiReportFilter & { readonly limit: number; readonly offset: number }): Promise<{
    readonly rows: readonly CiReportRecord[];
    readonly total: number;
  }>;
  /** Keeps a run in place of one with the same arm, index and kind; false when there is no open report with this id. */
  putCiRun(reportId: string, run: CiRun): Promise<boolean>;
  /** Base before head, then by index, then by kind. */
  listCiRuns(reportId: string): Promise<readonly CiRun[]>;
  /** Ends an open report; false when there is none. */
  finishCiReport(id: string, outcome: CiOutcome): Promise<boolean>;
  /** Forgets reports opened before an instant and gives the blobs of their runs that no other run needs. */
  removeCiReportsBefore(at: UnixMs): Promise<readonly string[]>;

  getCiComment(key: CiCommentKey): Promise<CiComment | undefined>;
  /** Keeps it in place of an earlier one. */
  putCiComment(key: CiCommentKey, comment: CiComment): Promise<void>;
  /** False when there was none. */
  removeCiComment(key: CiCommentKey): Promise<boolean>;
}

export type CiReportState = 'open' | 'complete' | 'failed';
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

export interface CiReportFilter {
  /** `owner/name`. */
  readonly repo?: string;
  readonly pull?: number;
  readonly suite?: string;
  readonly state?: CiReportState;
}

export interface NewCiReport {
  /** SHA-256 of repository, head, suite and run attempt, hex: what makes an upload that is tried again the same one. */
  readonly key: string;
  readonly repo: string;
  /** undefined = a push to a branch. */
  readonly pull: number | undefined;
  readonly suite: string;
  readonly headSha: string;
  /** What was measured as the base; undefined = nothing. */
  readonly baseSha: string | undefined;
  readonly mergeSha: string | undefined;
  /** Why this base, for people: `merge base, same job`, `newest of main: 3 commits older than the merge base`. */
  readonly baseSource: string;
  readonly runAttempt: number;
  /** Environment, rates, order of runs: what the command sent, parsed by whoever reads it. */
  readonly metadata: { readonly [name: string]: JsonValue };
  readonly createdAt: UnixMs;
}

export interface CiReportRecord extends NewCiReport {
  /** First 16 digits of the key. */
  readonly id: string;
  readonly state: CiReportState;
  readonly comparisonId: string | undefined;
  /** Why it failed; undefined otherwise. */
  readonly failure: string | undefined;
  readonly completedAt: UnixMs | undefined;
}

export type CiOutcome =
  | { readonly state: 'complete'; readonly comparisonId: string; readonly at: UnixMs }
  | { readonly state: 'failed'; readonly failure: string; readonly at: UnixMs };

/** One uploaded file of one run. */
export interface CiRun {
  readonly arm: 'base' | 'head';
  /** From 0, the same for the two of a pair. */
  readonly index: number;
  /** `cpu`, `mutex`, `block`, `bench`. */
  readonly kind: string;
  /** SHA-256 of the bytes as sent, hex. */
  readonly digest: string;
  readonly blobKey: string;
  readonly sizeBytes: number;
}

/** One pull request has one comment of a suite. */
export interface CiCommentKey {
  readonly repo: string;
  readonly pull: number;
  readonly suite: string;
}

export interface CiComment {
  /** The forge's id; a string, since it is beyond 32 bits. */
  readonly commentId: string;
  /** SHA-256 of the body as last written: an equal one is not written again. */
  readonly bodyDigest: string;
  /** Head that it speaks of. */
  readonly headSha: string;
  readonly updatedAt: UnixMs;
}
