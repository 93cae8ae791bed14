import type { BlobStore } from '@/lib/blobs/port';
import { LockscopeError } from '@/lib/errors';
import { openAnalysis, type TraceView } from '@/lib/query/trace/trace-view';

interface Kept {
  /** A promise, so that two calls at once open an analysis once. */
  readonly opening: Promise<TraceView>;
  /** 0 until it is open. */
  bytes: number;
}

/**
 * Analyses that stay open, the newest used ones, `keptBytes` of files in all but always the newest. Opening one is
 * reading its file: an old one costs no more than the first look at it.
 */
export class KeptViews {
  readonly #blobs: Pick<BlobStore, 'get'>;
  readonly #keptBytes: number;
  /** In order of use, the newest last. */
  readonly #views = new Map<string, Kept>();

  constructor(blobs: Pick<BlobStore, 'get'>, keptBytes: number) {
    this.#blobs = blobs;
    this.#keptBytes = keptBytes;
  }

  /** Rejects with `trace.gone` when the file is not there, and what `openAnalysis` throws. */
  async open(blobKey: string): Promise<TraceView> {
    const kept = this.#views.get(blobKey) ?? this.#begin(blobKey);
    this.#views.delete(blobKey);
    this.#views.set(blobKey, kept);
    try {
      return await kept.opening;
    } catch (error) {
      if (this.#views.get(blobKey) === kept) this.#views.delete(blobKey);
      throw error;
    }
  }

  #begin(blobKey: string): Kept {
    const kept: Kept = { opening: this.#read(blobKey, (bytes) => this.#measure(kept, bytes)), bytes: 0 };
    return kept;
  }

  async #read(blobKey: string, measured: (bytes: number) => void): Promise<TraceView> {
    const bytes = await this.#blobs.get(blobKey);
    if (bytes === undefined) throw new LockscopeError('trace.gone', 'the analysis of this capture is gone');
    measured(bytes.length);
    return openAnalysis(bytes);
  }

  #measure(kept: Kept, bytes: number): void {
    kept.bytes = bytes;
    let held = 0;
    for (const [index, [key, one]] of [...this.#views].reverse().entries()) {
      held += one.bytes;
      if (index > 0 && held > this.#keptBytes) this.#views.delete(key);
    }
  }
}
