import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { LockscopeError } from '@/lib/errors';
import type { SiteId } from '@/lib/profile/site';
import type { Selection } from '@/lib/selection/selection';
import { type UnixMs, unixMs } from '@/lib/units';
import type {
  Page,
  RetentionPolicy,
  RetentionResult,
  SampleStore,
  StoreStats,
  Window,
  WriteBatch,
  WriteResult,
} from '../port';
import type { SeriesOptions } from './answer-series';
import { CommitQueue } from './commit-queue';
import { exportWindows } from './export';
import { Reserve } from './full-disk';
import { Maintenance } from './maintenance';
import { Meta } from './meta';
import type { Reads } from './reads';
import { Removal } from './removal';
import { isFull, toStoreError } from './sqlite-error';
import { SampleWriter } from './writer';

const gatherMs = 10;

export interface SqliteParts {
  readonly dir: string;
  readonly db: Database.Database;
  readonly reads: Reads;
  readonly release: () => void;
  readonly queueBytes: number;
  readonly reserveBytes: number;
}

/** Samples in one SQLite file: one writer in this thread, readers beside it. */
export class SqliteSampleStore implements SampleStore {
  readonly #parts: SqliteParts;
  readonly #file: string;
  readonly #meta: Meta;
  readonly #writer: SampleWriter;
  readonly #queue: CommitQueue;
  readonly #removal: Removal;
  readonly #reserve: Reserve;
  readonly #maintenance: Maintenance;
  #full = false;
  #closed = false;

  constructor(parts: SqliteParts) {
    const { db, dir, reads } = parts;
    this.#parts = parts;
    this.#file = join(dir, 'samples.db');
    this.#meta = new Meta(db);
    this.#writer = new SampleWriter(db, this.#file, this.#meta);
    this.#queue = new CommitQueue((batches) => this.#commit(batches), { mostBytes: parts.queueBytes, gatherMs });
    this.#removal = new Removal(db, this.#meta);
    this.#reserve = new Reserve(dir, parts.reserveBytes);
    const onHoursRolled = () => this.#writer.forgetMarks();
    this.#maintenance = new Maintenance({ db, reads, meta: this.#meta, reserve: this.#reserve, onHoursRolled });
    this.#full = !this.#reserve.create();
  }

  async write(batch: WriteBatch): Promise<WriteResult> {
    this.#assertOpen();
    return this.#queue.add(batch);
  }

  #commit(batches: readonly WriteBatch[]) {
    const outcomes = this.#writer.commit(batches);
    const isRefused = outcomes.some((outcome) => 'error' in outcome && isFull(outcome.error));
    this.#full = isRefused || (this.#full && !this.#reserve.exists());
    return outcomes;
  }

  async merged(selection: Selection, options: { maxStacks?: number; sites?: readonly SiteId[] } = {}) {
    return this.#parts.reads.call('merged', [selection, options]);
  }

  async hotspots(
    selection: Selection,
    options: { level: 'site' | 'lock'; by: 'value' | 'count' | 'maxRate'; limit: number },
  ) {
    return this.#parts.reads.call('hotspots', [selection, options]);
  }

  async series(selection: Selection, options: SeriesOptions) {
    return this.#parts.reads.call('series', [selection, options]);
  }

  async listSeries(selection: Selection, page: Page) {
    return this.#parts.reads.call('listSeries', [selection, page]);
  }

  async labelNames(selection: Selection) {
    return this.#parts.reads.call('labelNames', [selection]);
  }

  async labelValues(selection: Selection, name: string, page: Page & { prefix?: string }) {
    return this.#parts.reads.call('labelValues', [selection, name, page]);
  }

  async remove(selection: Selection): Promise<{ windows: number }> {
    this.#assertOpen();
    return this.#change(async () => {
      const ids = await this.#parts.reads.call('seriesIds', [selection]);
      return this.#removal.remove(ids, selection.from, selection.to);
    });
  }

  async rollUp(now: UnixMs): Promise<{ buckets: number }> {
    this.#assertOpen();
    return this.#change(() => this.#maintenance.rollUp(now));
  }

  async retain(now: UnixMs, policy: RetentionPolicy): Promise<RetentionResult> {
    this.#assertOpen();
    return this.#change(async () => {
      const { reserved, ...result } = await this.#maintenance.retain(now, policy, this.#full);
      this.#full = !reserved;
      // Rows that the writer may remember were deleted.
      this.#writer.forget();
      return result;
    });
  }

  export(selection: Selection): AsyncIterable<Window> {
    this.#assertOpen();
    return exportWindows((page) => this.#parts.reads.call('exportPage', [selection, page]));
  }

  async stats(): Promise<StoreStats> {
    this.#assertOpen();
    const counts = await this.#parts.reads.call('counts', []);
    const newest = this.#meta.get('newest');
    return {
      ...counts,
      windows: this.#meta.get('windows'),
      bytes: this.#maintenance.bytes,
      overlaps: this.#meta.get('overlaps'),
      collisions: this.#meta.get('collisions'),
      newest: newest === 0 ? undefined : unixMs(newest),
      full: this.#full,
    };
  }

  /** Commits what waits, lets maintenance end, and gives the folder back. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#queue.drain();
    this.#closed = true;
    await this.#maintenance.idle();
    await this.#parts.reads.close();
    this.#parts.db.close();
    this.#parts.release();
  }

  async #change<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isFull(error)) this.#full = true;
      // What the writer remembers may be of a transaction that failed.
      this.#writer.forget();
      throw toStoreError(error, this.#file);
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new LockscopeError('store.closed', 'the sample store is closed');
  }
}
