import type Database from 'better-sqlite3';
import type { RetentionPolicy, RetentionResult } from '../port';
import type { Reserve } from './full-disk';
import type { Meta } from './meta';
import type { Reads } from './reads';
import { floorsOf, Retention } from './retention';
import { RollUp } from './roll-up';
import { writerBusyMs } from './schema';
import { hourMs } from './spans';

const windowsAtOnce = 2_000;
/** After a full disk a transaction must fit into the reserve that was let go. */
const windowsAtOnceWhenFull = 500;

export interface MaintenanceParts {
  readonly db: Database.Database;
  readonly meta: Meta;
  readonly reads: Reads;
  readonly reserve: Reserve;
  /** Called after marks of dirty hours were removed, which the writer may remember as set. */
  readonly onHoursRolled: () => void;
}

/** What the jobs call: roll-up, retention, keeping the write-ahead log short. One at a time. */
export class Maintenance {
  readonly #parts: MaintenanceParts;
  readonly #rollUp: RollUp;
  readonly #retention: Retention;
  #running: Promise<unknown> = Promise.resolve();

  constructor(parts: MaintenanceParts) {
    this.#parts = parts;
    this.#rollUp = new RollUp(parts.db, parts.meta);
    this.#retention = new Retention(parts.db, parts.meta, () => new Promise((resolve) => setImmediate(resolve)));
  }

  get bytes(): number {
    return this.#retention.bytes();
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  rollUp(now: number): Promise<{ buckets: number }> {
    return this.#next(async () => {
      const done = await this.#rollUpUntil(now);
      this.#checkpoint();
      return done;
    });
  }

  /** `isFull`: the disk was; the reserve goes first and comes back last (see full-disk.ts). */
  retain(now: number, policy: RetentionPolicy, isFull: boolean): Promise<RetentionResult & { reserved: boolean }> {
    return this.#next(async () => {
      if (isFull) {
        this.#parts.reserve.letGo();
        this.#checkpoint();
      }
      await this.#rollUpUntil(floorsOf(now, policy).raw + 2 * hourMs);
      const result = await this.#cut(now, policy, isFull ? windowsAtOnceWhenFull : windowsAtOnce);
      this.#checkpoint();
      return { ...result, reserved: this.#parts.reserve.create() };
    });
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#running.then(work);
    // Whoever asked sees the failure; the next in line runs all the same.
    this.#running = result.catch(() => undefined);
    return result;
  }

  #rollUpUntil(now: number): Promise<{ buckets: number }> {
    const { reads, onHoursRolled } = this.#parts;
    return this.#rollUp.run(now, (hours) => reads.call('roll', [hours]), onHoursRolled);
  }

  async #cut(now: number, policy: RetentionPolicy, atOnce: number): Promise<RetentionResult> {
    const { meta, reserve } = this.#parts;
    const floors = floorsOf(now, policy);
    const retention = this.#retention;
    const rawCut = Math.min(floors.raw, retention.firstDirtyHour());
    let windows = await retention.cutRaw(rawCut, atOnce);
    let rollups = await retention.cutSiteMinutes(Math.min(floors.site1m, rawCut));
    rollups += await retention.cutStackHours(floors.stack1h);
    rollups += await retention.cutSiteHours(floors.site1h);
    retention.dropUnseen(floors.longest);
    let bytesFreed = await retention.vacuum();
    // A cap on bytes, and a disk with no room for the reserve, shorten raw: an hour at a time, down to the last one.
    const lastCut = Math.floor(now / hourMs) * hourMs - hourMs;
    const oldest = Math.max(meta.get('rawFloor'), Math.floor(meta.get('oldest') / hourMs) * hourMs);
    const cap = policy.maxBytes ?? Number.POSITIVE_INFINITY;
    const isTooLarge = () => retention.bytes() > cap || !reserve.fits();
    for (let cut = oldest + hourMs; cut <= lastCut && isTooLarge(); cut += hourMs) {
      await this.#rollUpUntil(cut + 2 * hourMs);
      if (cut > retention.firstDirtyHour()) break;
      windows += await retention.cutRaw(cut, atOnce);
      bytesFreed += await retention.vacuum();
      // Space is free for others only once the log has been written back.
      this.#checkpoint();
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
    db.pragma(`busy_timeout = ${writerBusyMs}`);
  }
}
