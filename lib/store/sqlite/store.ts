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
import { Meta } from './meta';
import type { Reads } from './reads';
import { Removal } from './removal';
import { floorsOf, Retention } from './retention';
import { RollUp } from './roll-up';
import { hourMs } from './spans';
import { isFull, toStoreError } from './sqlite-error';
import { SampleWriter } from './writer';

const busyMs = 5_000;
const windowsAtOnce = 2_000;
/** After a full disk a transaction must fit into the reserve that was let go. */
const windowsAtOnceWhenFull = 500;

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
  readonly #rollUp: RollUp;
  readonly #retention: Retention;
  readonly #removal: Removal;
  readonly #reserve: Reserve;
  #full = false;
  #closed = false;

  constructor(parts: SqliteParts) {
    this.#parts = parts;
    this.#file = join(parts.dir, 'samples.db');
    this.#meta = new Meta(parts.db);
    this.#writer = new SampleWriter(parts.db, this.#file, this.#meta);
    this.#queue = new CommitQueue((batches) => this.#commit(batches), { mostBytes: parts.queueBytes, gatherMs: 10 });
    this.#rollUp = new RollUp(parts.db, this.#meta);
    this.#retention = new Retention(parts.db, this.#meta, () => new Promise((resolve) => setImmediate(resolve)));
    this.#removal = new Removal(parts.db, this.#meta);
    this.#reserve = new Reserve(parts.dir, parts.reserveBytes);
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
    const ids = await this.#parts.reads.call('seriesIds', [selection]);
    const removed = this.#guard(() => this.#removal.remove(ids, selection.from, selection.to));
    this.#writer.forget();
    return removed;
  }

  async rollUp(now: UnixMs): Promise<{ buckets: number }> {
    this.#assertOpen();
    return this.#guardAsync(async () => {
      const done = await this.#rollUpUntil(now);
      this.#checkpoint();
      return done;
    });
  }

  #rollUpUntil(now: number): Promise<{ buckets: number }> {
    return this.#rollUp.run(
      now,
      (hours) => this.#parts.reads.call('roll', [hours]),
      () => this.#writer.forget(),
    );
  }

  /** Also what gets a store with a full disk going again: see full-disk.ts. */
  async retain(now: UnixMs, policy: RetentionPolicy): Promise<RetentionResult> {
    this.#assertOpen();
    const atOnce = this.#full ? windowsAtOnceWhenFull : windowsAtOnce;
    const isFullNow = this.#full;
    return this.#guardAsync(async () => {
      if (isFullNow) {
        this.#reserve.letGo();
        this.#checkpoint();
      }
      await this.#rollUpUntil(floorsOf(now, policy).raw + 2 * hourMs);
      const result = await this.#cut(now, policy, atOnce);
      this.#writer.forget();
      this.#checkpoint();
      this.#full = !this.#reserve.create();
      return result;
    });
  }

  async #cut(now: UnixMs, policy: RetentionPolicy, atOnce: number): Promise<RetentionResult> {
    const floors = floorsOf(now, policy);
    const retention = this.#retention;
    const rawCut = Math.min(floors.raw, retention.firstDirtyHour());
    let windows = await retention.cutRaw(rawCut, atOnce);
    let rollups = await retention.cutSiteMinutes(Math.min(floors.site1m, rawCut));
    rollups += await retention.cutStackHours(floors.stack1h);
    rollups += await retention.cutSiteHours(floors.site1h);
    retention.dropUnseen(floors.longest);
    let bytesFreed = await retention.vacuum();
    // A cap on bytes shortens raw, an hour at a time, down to the hour before this one.
    const lastCut = Math.floor(now / hourMs) * hourMs - hourMs;
    const oldest = Math.max(this.#meta.get('rawFloor'), Math.floor(this.#meta.get('oldest') / hourMs) * hourMs);
    const cap = policy.maxBytes ?? Number.POSITIVE_INFINITY;
    for (let cut = oldest + hourMs; retention.bytes() > cap && cut <= lastCut; cut += hourMs) {
      if (cut > retention.firstDirtyHour()) break;
      windows += await retention.cutRaw(cut, atOnce);
      bytesFreed += await retention.vacuum();
    }
    return { windows, rollups, bytesFreed };
  }

  /**
   * Moves the write-ahead log into the file and empties it, unless a reader still needs it (then the next time).
   * Never waits: this thread also answers requests.
   */
  #checkpoint(): void {
    const { db } = this.#parts;
    db.pragma('busy_timeout = 0');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma(`busy_timeout = ${busyMs}`);
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
      bytes: this.#retention.bytes(),
      overlaps: this.#meta.get('overlaps'),
      collisions: this.#meta.get('collisions'),
      newest: newest === 0 ? undefined : unixMs(newest),
      full: this.#full,
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#queue.drain();
    this.#closed = true;
    await this.#parts.reads.close();
    this.#parts.db.close();
    this.#parts.release();
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#noteFailure(error);
    }
  }

  async #guardAsync<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#noteFailure(error);
    }
  }

  #noteFailure(error: unknown): unknown {
    if (isFull(error)) this.#full = true;
    // What the writer remembers may be of a transaction that failed.
    this.#writer.forget();
    return toStoreError(error, this.#file);
  }

  #assertOpen(): void {
    if (this.#closed) throw new LockscopeError('store.closed', 'the sample store is closed');
  }
}
