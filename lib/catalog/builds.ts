import type { UnixMs } from '@/lib/units';

/** The part of the catalogue port that knows builds, when they were rolled out, and what a service is compared with. */
export interface BuildCatalog {
  /** Oldest first, by first profile, else by its own time; builds with neither come first. Includes what is buffered. */
  listBuilds(service: string): Promise<readonly BuildRecord[]>;
  /** Keeps what is known of a build that no profile tells: a member that is undefined keeps what was known before. */
  putBuild(facts: BuildFacts): Promise<void>;

  /** Keeps a marker; the same service, build and instant again replaces its note, `created: false`. */
  addDeploy(deploy: NewDeploy): Promise<{ readonly deploy: DeployRecord; readonly created: boolean }>;
  /**
   * Of a service, or of all: what was told, and the first profile of each build of which nothing was told. Oldest
   * first, then by build.
   */
  listDeploys(service?: string): Promise<readonly DeployRecord[]>;

  /** `previous`, set at no instant, until something else is chosen. */
  getBaseline(service: string): Promise<BaselineRecord>;
  setBaseline(service: string, baseline: Baseline, at: UnixMs): Promise<void>;
}

export interface BuildFacts {
  readonly service: string;
  readonly build: string;
  /** Full or abbreviated hash of the commit that it was made from. */
  readonly commit?: string | undefined;
  readonly branch?: string | undefined;
  /** When it was built, or its commit was made, as the sender says. */
  readonly time?: UnixMs | undefined;
  readonly goVersion?: string | undefined;
}

export interface BuildRecord {
  readonly service: string;
  readonly build: string;
  readonly commit: string | undefined;
  readonly branch: string | undefined;
  readonly time: UnixMs | undefined;
  /** As last told by labels, a scraped binary or a sender: `go1.23.4`. */
  readonly goVersion: string | undefined;
  /** First and last profile; undefined = it sent none yet (known from a deploy or a CI report only). */
  readonly firstSeen: UnixMs | undefined;
  readonly lastSeen: UnixMs | undefined;
}

export interface NewDeploy {
  readonly service: string;
  readonly build: string;
  readonly at: UnixMs;
  readonly note: string | undefined;
}

export interface DeployRecord extends NewDeploy {
  /** profile: the build's first profile; api: somebody told. */
  readonly source: 'profile' | 'api';
}

/** What a service is compared with where a page or command compares and is told nothing else. */
export type Baseline =
  /** The build before the one that is looked at. */
  | { readonly kind: 'previous' }
  | { readonly kind: 'pinned'; readonly build: string }
  /** The newest build of a branch. */
  | { readonly kind: 'branch'; readonly branch: string }
  /** The same time of day, 24 h earlier. */
  | { readonly kind: 'yesterday' }
  | { readonly kind: 'window'; readonly from: UnixMs; readonly to: UnixMs };

export interface BaselineRecord {
  readonly baseline: Baseline;
  /** undefined = nobody chose it. */
  readonly setAt: UnixMs | undefined;
}
