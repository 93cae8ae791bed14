import { LockscopeError } from '@/lib/errors';
import type { WriteBatch, WriteResult } from '../port';

interface Waiting {
  readonly batch: WriteBatch;
  readonly bytes: number;
  readonly resolve: (result: WriteResult) => void;
  readonly reject: (error: unknown) => void;
}

const mostWindows = 512;

/**
 * Group commit: batches wait together for one transaction. A lone batch is committed at once; within
 * `gatherMs` of the last commit the next ones are gathered, so that fsync is shared. The queue is bounded:
 * a batch that does not fit is refused with `store.busy`, for the client to come again.
 */
export class CommitQueue {
  readonly #commit: (batches: WriteBatch[]) => (WriteResult | { readonly error: unknown })[];
  readonly #mostBytes: number;
  readonly #gatherMs: number;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #scheduled = false;
  #lastCommit = 0;

  constructor(
    commit: (batches: WriteBatch[]) => (WriteResult | { readonly error: unknown })[],
    options: { readonly mostBytes: number; readonly gatherMs: number },
  ) {
    this.#commit = commit;
    this.#mostBytes = options.mostBytes;
    this.#gatherMs = options.gatherMs;
  }

  add(batch: WriteBatch): Promise<WriteResult> {
    const bytes = bytesOf(batch);
    if (this.#bytes + bytes > this.#mostBytes && this.#waiting.length > 0) {
      return Promise.reject(
        new LockscopeError('store.busy', `${this.#bytes} bytes wait to be stored; ${bytes} more do not fit`),
      );
    }
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, bytes, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    this.#scheduled = true;
    const rest = this.#lastCommit + this.#gatherMs - performance.now();
    const run = () => {
      this.#scheduled = false;
      this.flush();
      this.#schedule();
    };
    if (rest <= 0 || this.#windowsWaiting() >= mostWindows) setImmediate(run);
    else setTimeout(run, rest);
  }

  #windowsWaiting(): number {
    return this.#waiting.reduce((sum, { batch }) => sum + batch.windows.length, 0);
  }

  /** Commits what waits now: up to 512 windows, at least one batch. */
  flush(): void {
    const taken: Waiting[] = [];
    let windows = 0;
    for (const waiting of this.#waiting) {
      if (taken.length > 0 && windows + waiting.batch.windows.length > mostWindows) break;
      taken.push(waiting);
      windows += waiting.batch.windows.length;
    }
    if (taken.length === 0) return;
    this.#waiting = this.#waiting.slice(taken.length);
    const outcomes = this.#commit(taken.map(({ batch }) => batch));
    taken.forEach(({ bytes, resolve, reject }, index) => {
      this.#bytes -= bytes;
      const outcome = outcomes[index];
      if (outcome === undefined) reject(new LockscopeError('internal.store', 'a batch has no outcome'));
      else if ('error' in outcome) reject(outcome.error);
      else resolve(outcome);
    });
    this.#lastCommit = performance.now();
  }

  /** Commits everything that waits. */
  drain(): void {
    while (this.#waiting.length > 0) this.flush();
  }
}

/** About what a batch holds in memory. */
function bytesOf(batch: WriteBatch): number {
  const ofWindows = batch.windows.reduce((sum, window) => sum + 1_000 + 24 * window.stacks.length, 0);
  return ofWindows + batch.stacks.reduce((sum, stack) => sum + 100 + 150 * stack.frames.length, 0);
}
