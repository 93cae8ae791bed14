import { type holdMode, holdStart } from './lock-trace';

type Mode = (typeof holdMode)[keyof typeof holdMode];

interface Acquisition {
  readonly wait: number;
  readonly atNs: number;
}

interface Touch {
  readonly goroutine: number;
  readonly atNs: number;
}

export interface Start {
  readonly start: number;
  readonly startNs: number;
  readonly certainNs: number;
  /** The wait that acquired it; -1 when the holder did not wait. */
  readonly wait: number;
}

/**
 * Follows who acquired and released one lock, in order of time, and says where each released hold began. A trace shows
 * only acquisitions after a wait and releases that woke someone, so a start is exact when the holder waited and nobody
 * else touched the lock since; otherwise the hold began after the last touch by another, and before its first victim.
 */
export class HoldStarts {
  readonly #acquired = new Map<number, Acquisition>();
  #last: Touch | undefined;
  #lastOfAnother: Touch | undefined;

  acquire(goroutine: number, wait: number, atNs: number, exclusive: boolean): void {
    this.#acquired.set(goroutine, { wait, atNs });
    if (exclusive) this.#touch(goroutine, atNs);
  }

  /** The start of the hold that `goroutine` ends at `endNs`; `victimNs` is when the first one it wakes began to wait. */
  release(goroutine: number, mode: Mode, endNs: number, victimNs: number): Start {
    const acquired = this.#acquired.get(goroutine);
    this.#acquired.delete(goroutine);
    const other = this.#lastBy(goroutine);
    this.#touch(goroutine, endNs);
    const disproved = acquired !== undefined && other !== undefined && other.atNs > acquired.atNs;
    if (acquired !== undefined && !disproved) {
      const { atNs, wait } = acquired;
      return { start: holdStart.exact, startNs: atNs, certainNs: atNs, wait };
    }
    const startNs = Math.max(other?.atNs ?? 0, acquired?.atNs ?? 0);
    // Who waited since before that touch says nothing of when this holder came.
    if (victimNs <= startNs) return { start: holdStart.unknown, startNs, certainNs: endNs, wait: -1 };
    return { start: holdStart.bounded, startNs, certainNs: Math.min(victimNs, endNs), wait: -1 };
  }

  /** Who acquired the lock last, when nobody released or took it since. */
  holder(): (Acquisition & { readonly goroutine: number }) | undefined {
    const last = this.#last;
    if (last === undefined) return undefined;
    const acquired = this.#acquired.get(last.goroutine);
    return acquired?.atNs === last.atNs ? { ...acquired, goroutine: last.goroutine } : undefined;
  }

  #touch(goroutine: number, atNs: number): void {
    if (this.#last !== undefined && this.#last.goroutine !== goroutine) this.#lastOfAnother = this.#last;
    this.#last = { goroutine, atNs };
  }

  #lastBy(goroutine: number): Touch | undefined {
    return this.#last?.goroutine === goroutine ? this.#lastOfAnother : this.#last;
  }
}
