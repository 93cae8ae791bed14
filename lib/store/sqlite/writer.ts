import type Database from 'better-sqlite3';
import { errorMessage, LockscopeError } from '@/lib/errors';
import { checkDefinitions, faultOfStacks } from '../definitions';
import type { Window, WriteBatch, WriteResult } from '../port';
import { digestOf, faultOf, type WindowFault } from '../window';
import { emptyRows, encodeBlock, mostRows, reserveRows } from './block';
import { LocalIds } from './local-ids';
import type { Meta } from './meta';
import { hourMs, segmentMs } from './spans';
import { isBusy, isFull, toStoreError } from './sqlite-error';

type Outcome = WriteResult | { readonly error: unknown };
type Rejection = WriteResult['rejected'][number];

/** The only code that adds windows. Synchronous: one call of `commit` is one transaction, synced when it returns. */
export class SampleWriter {
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #ids: LocalIds;
  readonly #meta: Meta;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #rows = emptyRows();
  /** Series-hours known to be marked, as `hour:series`. */
  readonly #dirty = new Set<string>();
  readonly #segments = new Set<number>();

  constructor(db: Database.Database, file: string, meta: Meta) {
    this.#db = db;
    this.#file = file;
    this.#meta = meta;
    this.#ids = new LocalIds(db);
    this.#sql = prepare(db);
  }

  /**
   * Stores batches in one transaction. When that fails each batch is tried alone, then window by window, so that only
   * what cannot be stored is refused. An outcome is an error for a batch that could not be stored at all.
   */
  commit(batches: readonly WriteBatch[]): Outcome[] {
    try {
      return this.#transaction(() => batches.map((batch) => this.#apply(batch)));
    } catch (error) {
      if (isFull(error) || isBusy(error)) return batches.map(() => ({ error: toStoreError(error, this.#file) }));
      if (batches.length > 1) return batches.flatMap((batch) => this.commit([batch]));
      return batches.map((batch) => this.#commitOneByOne(batch));
    }
  }

  #commitOneByOne(batch: WriteBatch): Outcome {
    const total = { stored: 0, duplicates: 0, rejected: [] as Rejection[] };
    try {
      this.#transaction(() => this.#apply({ ...batch, windows: [] }));
      batch.windows.forEach((window, index) => {
        try {
          const one = this.#transaction(() => this.#apply({ ...batch, windows: [window] }));
          total.stored += one.stored;
          total.duplicates += one.duplicates;
          total.rejected.push(...one.rejected.map((rejection) => ({ ...rejection, index })));
        } catch (error) {
          if (isFull(error)) throw error;
          total.rejected.push({ index, code: 'store.write-failed', detail: errorMessage(error) });
        }
      });
      return total;
    } catch (error) {
      return { error: toStoreError(error, this.#file) };
    }
  }

  /** Runs one write transaction; whatever was remembered inside is forgotten when it fails. */
  #transaction<T>(work: () => T): T {
    this.#sql.begin.run();
    try {
      const result = work();
      if (this.#segments.size > 0) {
        const version = this.#meta.nextVersion();
        for (const segment of this.#segments) this.#sql.touchSegment.run(segment, version);
      }
      this.#meta.save();
      this.#sql.commit.run();
      return result;
    } catch (error) {
      if (this.#db.inTransaction) this.#sql.rollback.run();
      this.forget();
      throw error;
    } finally {
      this.#segments.clear();
    }
  }

  /** After a rollback, or after rows that this writer may remember were deleted. */
  forget(): void {
    this.#ids.forget();
    this.#dirty.clear();
    this.#meta.load();
  }

  /** After roll-ups were stored: their hours have to be marked again by the next late window. */
  forgetMarks(): void {
    this.#dirty.clear();
  }

  #apply(batch: WriteBatch): WriteResult {
    const checked = checkDefinitions(batch, {
      chkOf: (id) => this.#ids.findStack(id)?.chk,
      hasSite: (id) => this.#ids.hasSite(id),
    });
    const start = batch.windows[0]?.start ?? 0;
    for (const site of checked.sites) this.#ids.addSite(site);
    let changed = false;
    for (const stack of checked.stacks) this.#ids.addStack(stack, start);
    for (const stack of batch.stacks) changed = this.#ids.completeStack(stack) || changed;
    if (changed) this.#meta.add('epoch', 1);
    this.#meta.add('collisions', checked.collisions);

    const rejected: Rejection[] = [];
    let [stored, duplicates] = [0, 0];
    batch.windows.forEach((window, index) => {
      const fault = this.#faultOf(window, checked.faults);
      if (fault !== undefined) rejected.push({ index, ...fault });
      else if (this.#addWindow(window)) stored += 1;
      else duplicates += 1;
    });
    this.#meta.add('windows', stored);
    return { stored, duplicates, rejected };
  }

  #faultOf(window: Window, faults: ReadonlyMap<bigint, WindowFault>): WindowFault | undefined {
    if (window.start < this.#meta.get('rawFloor')) {
      return { code: 'store.window.too-old', detail: `raw windows before ${this.#meta.get('rawFloor')} are gone` };
    }
    if (window.stacks.length > mostRows) {
      return { code: 'store.window.length', detail: `${window.stacks.length} stacks; at most ${mostRows} fit` };
    }
    return faultOf(window) ?? faultOfStacks(window.stacks, (id) => this.#ids.findStack(id) !== undefined, faults);
  }

  /** False when the very same window is stored already. */
  #addWindow(window: Window): boolean {
    const { start, wallMs } = window;
    const series = this.#ids.series(window.kind, window.series.type, window.series.labels);
    const digest = BigInt.asIntN(64, digestOf(window));
    const twins = this.#sql.findTwins.all(series, start);
    if (twins.some((twin) => twin.digest === digest)) return false;
    if (twins.length > 0) this.#meta.add('overlaps', 1);

    const rows = this.#rows;
    reserveRows(rows, window.stacks.length);
    rows.length = window.stacks.length;
    for (let index = 0; index < rows.length; index++) {
      const stack = this.#ids.findStack(window.stacks[index] ?? 0n);
      if (stack === undefined) throw new LockscopeError('internal.store', 'a checked stack is missing');
      this.#ids.touchStack(stack, start);
      rows.ids[index] = stack.id;
    }
    rows.counts.set(window.counts);
    rows.values.set(window.values);
    this.#sql.addWindow.run(series, start, digest, wallMs, encodeBlock(rows));

    const hour = Math.floor(start / hourMs) * hourMs;
    const mark = `${hour}:${series}`;
    if (!this.#dirty.has(mark)) {
      if (this.#dirty.size > 100_000) this.#dirty.clear();
      this.#sql.markDirty.run(hour, series);
      this.#sql.markActive.run(hour, series);
      this.#dirty.add(mark);
    }
    this.#segments.add(Math.floor(start / segmentMs) * segmentMs);
    this.#meta.raise('newest', start + wallMs);
    this.#meta.lower('oldest', start);
    return true;
  }
}

function prepare(db: Database.Database) {
  return {
    begin: db.prepare('begin immediate'),
    commit: db.prepare('commit'),
    rollback: db.prepare('rollback'),
    findTwins: db
      .prepare<[number, number], { digest: bigint }>('select digest from win where series = ? and start = ?')
      .safeIntegers(),
    addWindow: db.prepare<[number, number, bigint, number, Buffer]>(
      'insert into win (series, start, digest, wall, b) values (?, ?, ?, ?, ?)',
    ),
    markDirty: db.prepare<[number, number]>('insert or ignore into dirty (hour, series) values (?, ?)'),
    markActive: db.prepare<[number, number]>('insert or ignore into active (hour, series) values (?, ?)'),
    touchSegment: db.prepare<[number, number]>(
      'insert into segment (start, version) values (?, ?) on conflict (start) do update set version = excluded.version',
    ),
  };
}
