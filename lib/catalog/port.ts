import type { ArmCatalog } from '@/lib/catalog/arms';
import type { BuildCatalog } from '@/lib/catalog/builds';
import type { CaptureCatalog } from '@/lib/catalog/captures';
import type { CiReportCatalog } from '@/lib/catalog/ci-reports';
import type { ComparisonCatalog } from '@/lib/catalog/comparisons';
import type { UnixMs } from '@/lib/units';

/**
 * The catalogue port: metadata only (which services, builds, targets, uploads, captures exist). Samples live in
 * lib/store, bytes in lib/blobs. Instants are ms since 1970 UTC. Lists are sorted as said at each call.
 */
export interface Catalog extends CaptureCatalog, ArmCatalog, BuildCatalog, ComparisonCatalog, CiReportCatalog {
  /** Notes that a service (and build) sent something. Buffered: written within `flush` or a few seconds. Never throws. */
  noteSeen(seen: Seen): void;
  /** Writes what is buffered. */
  flush(): Promise<void>;
  /** By name. Includes what is buffered. */
  listServices(): Promise<readonly ServiceRecord[]>;

  /** By service, then URL. */
  listTargets(): Promise<readonly TargetRecord[]>;
  getTarget(id: string): Promise<TargetRecord | undefined>;
  /** Adds or replaces the target with this service and URL. Throws `catalog.target` when the configuration file owns it, `scrape.address` for an address that is never scraped. */
  putTarget(target: NewTarget): Promise<TargetRecord>;
  setTargetEnabled(id: string, enabled: boolean): Promise<void>;
  /** Removes a target and its events; false when there is none. Throws `catalog.target` when the configuration file owns it. */
  removeTarget(id: string): Promise<boolean>;
  /** Makes the targets of source `config` exactly these; a UI target with the same service and URL becomes one of them. */
  syncConfigTargets(targets: readonly Omit<NewTarget, 'source'>[]): Promise<void>;
  /** Keeps the outcome of the last scrape, adds its events and their counts. The newest 100 events a target are kept. */
  noteScrape(id: string, outcome: ScrapeOutcome): Promise<void>;
  /** Newest first. */
  listTargetEvents(id: string, limit: number): Promise<readonly TargetEvent[]>;

  /** Keeps an upload's metadata; the same digest again gives the first record back with `created: false`. */
  addUpload(upload: NewUpload): Promise<{ readonly upload: UploadRecord; readonly created: boolean }>;
  getUpload(id: string): Promise<UploadRecord | undefined>;
  /** Newest first, ties by id. `total` counts all. */
  listUploads(page: { readonly limit: number; readonly offset: number }): Promise<{
    readonly rows: readonly UploadRecord[];
    readonly total: number;
  }>;
  /** Forgets uploads received before an instant and gives back what they were. Their blobs are the caller's. */
  removeUploadsBefore(at: UnixMs): Promise<readonly UploadRecord[]>;

  /** Flushes and closes. Calls afterwards throw `catalog.closed`. */
  close(): Promise<void>;
}

export interface Seen {
  readonly service: string;
  readonly build: string | undefined;
  /** Of the build, when the labels tell it. */
  readonly commit?: string | undefined;
  readonly goVersion: string | undefined;
  readonly at: UnixMs;
}

export interface ServiceRecord {
  readonly service: string;
  readonly firstSeen: UnixMs;
  readonly lastSeen: UnixMs;
  /** As last told by labels or a scraped binary: `go1.23.4`. */
  readonly goVersion: string | undefined;
}

export interface NewTarget {
  readonly service: string;
  readonly url: string;
  readonly everyMs: number;
  readonly build: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Names as in lib/config-file.ts `scrapedProfiles`. */
  readonly profiles: readonly string[];
  readonly source: 'config' | 'ui';
}

export interface TargetRecord extends NewTarget {
  /** Hash of service and URL: the same after every restart. */
  readonly id: string;
  readonly enabled: boolean;
  readonly createdAt: UnixMs;
  /** undefined = not scraped yet. */
  readonly lastScrape: { readonly at: UnixMs; readonly error: string | undefined } | undefined;
  readonly restarts: number;
  readonly missed: number;
  /** What the last scrape said of each profile: samples, window, why it is missing. */
  readonly facts: readonly ProfileFact[];
}

export interface ProfileFact {
  readonly profile: string;
  readonly ok: boolean;
  /** Length of the window that was stored; undefined = none (first scrape, or an error). */
  readonly windowMs: number | undefined;
  readonly samples: number | undefined;
  /** What is worth knowing: the error, "first scrape: kept as the base", "profiling is off". */
  readonly detail: string;
}

export interface ScrapeOutcome {
  readonly at: UnixMs;
  readonly error: string | undefined;
  readonly facts: readonly ProfileFact[];
  readonly events: readonly TargetEvent[];
}

export interface TargetEvent {
  readonly at: UnixMs;
  /**
   * first: base of the differences · restart: a value fell or the mapping changed · missed: the next window is wider ·
   * error: nothing came · armed, fired, disarmed: waiting for a stall to trace · trace: one was recorded on demand.
   */
  readonly kind: 'first' | 'restart' | 'missed' | 'error' | 'armed' | 'fired' | 'disarmed' | 'trace';
  readonly detail: string;
}

export interface NewUpload {
  /** SHA-256 of the bytes as sent, hex. */
  readonly digest: string;
  readonly filename: string;
  /** block, mutex, process_cpu, …; `unknown` when nothing tells. */
  readonly kind: string;
  readonly service: string | undefined;
  readonly build: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly sizeBytes: number;
  readonly receivedAt: UnixMs;
  readonly blobKey: string;
  /** False: cumulative without predecessor, opened through the in-memory store. */
  readonly hasWindow: boolean;
}

export interface UploadRecord extends NewUpload {
  /** First 16 digits of the digest. */
  readonly id: string;
}
