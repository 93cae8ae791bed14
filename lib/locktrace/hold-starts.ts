import { holdMode, holdStart } from './lock-trace';

type Mode = (typeof holdMode)[keyof typeof holdMode];

interface Acquisition {
  readonly wait: number;
  readonly atNs: number;
}

export interface Start {
  readonly start: number;
  readonly startNs: number;
  readonly certainNs: number;
}

/** The two newest times at which different goroutines acquired or released something. */
class Touches {
  #goroutine = -1;
  #atNs = 0;
  #ofAnother = 0;

  add(goroutine: number, atNs: number): void {
    if (this.#goroutine !== goroutine) this.#ofAnother = this.#atNs;
    this.#goroutine = goroutine;
    this.#atNs = atNs;
  }

  /** When someone other than `goroutine` last touched it; 0 when nobody did. */
  byAnother(goroutine: number): number {
    return this.#goroutine === goroutine ? this.#ofAnother : this.#atNs;
  }

  get last(): { readonly goroutine: number; readonly atNs: number } {
    return { goroutine: this.#goroutine, atNs: this.#atNs };
  }
}

/**
 * Follows who acquired and released one lock, in order of time, and says where each released hold began. A trace shows
 * only acquisitions after a wait and releases that woke someone. So a start is exact when the holder waited, and nobody
 * else touched the lock since, or nobody the instance while its first victim queued; a reader's never is, for readers
 * come and go unseen. Otherwise the hold began after the holder's own last release and the last touch by another in its
 * episode (surely the same instance), and before its first victim waited.
 */
export class HoldStarts {
  readonly #acquired = new Map<number, Acquisition>();
  readonly #released = new Map<number, number>();
  #lock = new Touches();
  #sinceNs = 0;
  readonly #episodes = new Map<number, Touches>();

  acquire(goroutine: number, wait: number, atNs: number, episode: number, exclusive: boolean): void {
    this.#acquired.set(goroutine, { wait, atNs });
    if (exclusive) this.#touch(goroutine, atNs, episode);
  }

  /** The start of the hold that `goroutine` ends at `endNs`; `victimNs` is when the first one it wakes began to wait. */
  release(goroutine: number, mode: Mode, endNs: number, victimNs: number, episode: number): Start {
    const acquired = this.#acquired.get(goroutine);
    const instance = this.#episodes.get(episode)?.byAnother(goroutine) ?? 0;
    const earliest = Math.max(this.#sinceNs, this.#released.get(goroutine) ?? 0, instance);
    const disproved = this.#lock.byAnother(goroutine) > (acquired?.atNs ?? 0);
    this.#acquired.delete(goroutine);
    this.#released.set(goroutine, endNs);
    this.#touch(goroutine, endNs, episode);
    // A victim that queued already when the holder came would have been woken by any release in between, unless one
    // that was woken had yet to run: then another had the lock in between, and is seen when it wakes somebody.
    const queued = acquired !== undefined && victimNs <= acquired.atNs && instance <= acquired.atNs;
    if (acquired !== undefined && (queued || !disproved) && mode !== holdMode.read) {
      return { start: holdStart.exact, startNs: acquired.atNs, certainNs: acquired.atNs };
    }
    const startNs = Math.min(Math.max(earliest, acquired !== undefined && !disproved ? acquired.atNs : 0), endNs);
    // Who waited since before that says nothing of when this holder came.
    if (victimNs <= startNs) return { start: holdStart.unknown, startNs, certainNs: endNs };
    return { start: holdStart.bounded, startNs, certainNs: Math.min(victimNs, endNs) };
  }

  /** A part of the trace is lost that ends at `atNs`: who acquired before it may have released and come again. */
  forget(atNs: number): void {
    this.#acquired.clear();
    this.#lock = new Touches();
    this.#sinceNs = atNs;
  }

  /** Who acquired the lock last, when nobody released or took it since. */
  holder(): (Acquisition & { readonly goroutine: number }) | undefined {
    const { goroutine, atNs } = this.#lock.last;
    const acquired = this.#acquired.get(goroutine);
    return acquired?.atNs === atNs ? { ...acquired, goroutine } : undefined;
  }

  #touch(goroutine: number, atNs: number, episode: number): void {
    this.#lock.add(goroutine, atNs);
    const touches = this.#episodes.get(episode) ?? new Touches();
    touches.add(goroutine, atNs);
    this.#episodes.set(episode, touches);
  }
}
