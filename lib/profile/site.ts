import type { Frame } from './profile';

/** Bytes 0-7 (big endian) of SHA-256 over `function\0file\0line\n` per frame, leaf first. */
export type StackId = bigint;
/** Bytes 0-7 of SHA-256 over the key fields of a site. */
export type SiteId = bigint;

/** A stack by content, with the site it belongs to. */
export interface StackDef {
  readonly id: StackId;
  /** Bytes 8-15 of the same hash: tells a collision from a repetition. */
  readonly chk: bigint;
  readonly site: SiteId;
  readonly frames: readonly Frame[];
}

/**
 * Where the operation of a stack stands in the code, and the lock (or other wait) it belongs to.
 * A row of level `lock` is the lock itself: its value in a window is the sum of its sites' values.
 *
 * This id is the store's own: it includes the line, so a moved line is another row. The ids on the
 * public surface (`Site.id`, `Lock.id` in docs/api.md) stay the same from build to build; a lock-level
 * row's id is the public `Lock.id`, and lib/contention/identity.ts makes the public `Site.id`.
 */
export interface SiteDef {
  readonly id: SiteId;
  readonly level: 'site' | 'lock';
  /** One of the words of `SiteKind` in lib/contention/kind.ts. */
  readonly kind: string;
  /** Mutex, RWMutex, Once, sync.Map, sync.Pool, runtime, or for waits that are not locks: chan, select, Cond, WaitGroup, … */
  readonly family: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** First line of the function; 0 = unknown. */
  readonly startLine: number;
  /** True when the site's frame is the outermost of its stack: a goroutine's root loop. */
  readonly root: boolean;
  /** The lock-level row this site adds up to; its own id for a lock-level row. */
  readonly lock: SiteId;
}
