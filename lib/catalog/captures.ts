import type { UnixMs } from '@/lib/units';

/** The part of the catalogue port that knows execution traces; one stored trace is a capture. */
export interface CaptureCatalog {
  /** Keeps a trace's metadata, waiting to be analysed; the same digest again gives the first record back with `created: false`. */
  addCapture(capture: NewCapture): Promise<{ readonly capture: CaptureRecord; readonly created: boolean }>;
  getCapture(id: string): Promise<CaptureRecord | undefined>;
  /** Newest first, ties by id. `total` counts all that match. */
  listCaptures(page: CaptureFilter & { readonly limit: number; readonly offset: number }): Promise<{
    readonly rows: readonly CaptureRecord[];
    readonly total: number;
  }>;
  /** By time waited falling. */
  listCaptureLocks(id: string): Promise<readonly CaptureLock[]>;
  /** Captures with a status, oldest first. */
  listCapturesOf(statuses: readonly CaptureStatus[]): Promise<readonly CaptureRecord[]>;
  /** Moves a capture on; false when there is none. Leaving `done` forgets the analysis and its locks. */
  setCaptureStatus(
    id: string,
    status: Exclude<CaptureStatus, 'done'>,
    failure?: CaptureError & { readonly version: number },
  ): Promise<boolean>;
  /** Keeps what the analysis found, and makes the capture `done`; false when there is none. */
  finishCapture(id: string, analysis: CaptureAnalysis): Promise<boolean>;
  /** Forgets a capture and gives the blobs that nothing else needs; undefined when there is none. */
  removeCapture(id: string): Promise<readonly string[] | undefined>;
  /** Captures received before an instant, oldest first. */
  listCapturesBefore(at: UnixMs): Promise<readonly CaptureRecord[]>;
}

export type CaptureSource = 'upload' | 'push' | 'target' | 'armed';
export type CaptureStatus = 'waiting' | 'analysing' | 'done' | 'failed' | 'cancelled';

/** Label of a capture with the id of the lock that its target was armed for. */
export const armedLockLabel = 'armed_lock';

export interface CaptureFilter {
  readonly service?: string;
  /** With `service`: also captures that name none, such as a file dropped by hand. */
  readonly orUnnamed?: boolean;
  /** `Lock.id`: captures that show this lock, with their row of it in `lock`. */
  readonly lock?: string;
}

export interface NewCapture {
  /** SHA-256 of the trace, hex. */
  readonly digest: string;
  readonly filename: string;
  readonly service: string | undefined;
  readonly pod: string | undefined;
  readonly build: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly sizeBytes: number;
  readonly receivedAt: UnixMs;
  /** When the recording began; undefined = neither the trace nor the way it came tells. */
  readonly capturedAt: UnixMs | undefined;
  readonly source: CaptureSource;
  /** Why it was taken, for people: `uploaded`, `212 goroutines waited for locks, 50 or more were asked for`. */
  readonly reason: string;
  readonly blobKey: string;
}

export interface CaptureError {
  readonly code: string;
  readonly message: string;
}

export interface CaptureRecord extends NewCapture {
  /** First 16 digits of the digest. */
  readonly id: string;
  readonly status: CaptureStatus;
  /** Why it failed; undefined otherwise. */
  readonly error: CaptureError | undefined;
  /** Version that made the analysis, or failed to; undefined = none ran to its end. */
  readonly analysisVersion: number | undefined;
  /** Present when done. */
  readonly analysis: CaptureFacts | undefined;
  /** With the filter `lock`: what this capture says of it. */
  readonly lock: CaptureLock | undefined;
  /** In a list without that filter: the lock waited for most; undefined when nothing waited for a lock. */
  readonly worst: CaptureLock | undefined;
}

export interface CaptureFacts {
  readonly blobKey: string;
  /** As far as a trace tells: `go1.26`, or a range of versions that write the same format. */
  readonly goVersion: string;
  readonly durationMs: number;
  readonly events: number;
  readonly goroutines: number;
}

export interface CaptureAnalysis extends CaptureFacts {
  readonly version: number;
  readonly capturedAt: UnixMs | undefined;
  /** By time waited falling. */
  readonly locks: readonly CaptureLock[];
}

/** Exact numbers of one lock in one capture, over the waits that blocked, in ns; null = no wait completed. */
export interface CaptureLock extends CapturePercentiles {
  readonly lockId: string;
  readonly name: string;
  readonly family: string;
  readonly isLock: boolean;
  readonly waits: number;
  readonly totalNs: number;
  /** By time waited falling. */
  readonly waiters: readonly CaptureWaiter[];
}

/** A wait site of a lock. */
export interface CaptureWaiter extends CapturePercentiles {
  readonly kind: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly waits: number;
  readonly totalNs: number;
}

export interface CapturePercentiles {
  readonly p50Ns: number | null;
  readonly p90Ns: number | null;
  readonly p99Ns: number | null;
  readonly maxNs: number | null;
  readonly n: number;
  /** Waits cut off by the start or the end of the trace; the longest bounds the maximum from below. */
  readonly censored: number;
  readonly longestCensoredNs: number | null;
}
