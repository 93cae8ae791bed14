import type Database from 'better-sqlite3';
import type { Meta } from './meta';
import { shrinkSpanSql } from './retention';
import { hourMs, segmentMs } from './spans';

/** Deletes windows of chosen series in [from, to), roll-ups along. */
export class Removal {
  readonly #db: Database.Database;
  readonly #meta: Meta;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Database.Database, meta: Meta) {
    this.#db = db;
    this.#meta = meta;
    this.#sql = prepare(db);
  }

  /**
   * One transaction: readers see all of it or nothing. Hours that keep raw windows are rolled up again later; hours
   * whose raw is gone lose their roll-ups whole. Returns the windows removed, those inside roll-ups counted.
   */
  remove(series: readonly number[], from: number, to: number): { windows: number } {
    const rawFloor = this.#meta.get('rawFloor');
    let windows = 0;
    this.#db
      .transaction(() => {
        const version = this.#meta.nextVersion();
        for (const id of series) {
          for (const { hour } of this.#sql.hours.all({ id, from, to, hourMs })) this.#sql.markDirty.run(hour, id);
          this.#sql.touch.run({ version, id, from, to, segmentMs });
          const raw = this.#sql.deleteWindows.run(id, from, to).changes;
          this.#meta.add('windows', -raw);
          windows += raw;
          if (from >= rawFloor) continue;
          const [first, end] = [Math.floor(from / hourMs) * hourMs, Math.min(to, rawFloor)];
          windows += this.#sql.rolledWindows.get(id, first, end)?.windows ?? 0;
          this.#sql.deleteStackRolls.run(id, first, end);
          this.#sql.deleteSiteRolls.run(id, first, end);
          this.#sql.shrinkSpan.run({ id, rawFloor });
        }
        this.#meta.save();
      })
      .immediate();
    return { windows };
  }
}

function prepare(db: Database.Database) {
  return {
    hours: db.prepare<[{ id: number; from: number; to: number; hourMs: number }], { hour: number }>(
      `select distinct start / cast(:hourMs as integer) * cast(:hourMs as integer) as hour from win
       where series = :id and start >= :from and start < :to`,
    ),
    markDirty: db.prepare<[number, number]>('insert or ignore into dirty (hour, series) values (?, ?)'),
    touch: db.prepare<[{ version: number; id: number; from: number; to: number; segmentMs: number }]>(
      `update segment set version = :version where start in (
         select distinct start / cast(:segmentMs as integer) * cast(:segmentMs as integer) from win
         where series = :id and start >= :from and start < :to)`,
    ),
    deleteWindows: db.prepare<[number, number, number]>(
      'delete from win where series = ? and start >= ? and start < ?',
    ),
    rolledWindows: db.prepare<[number, number, number], { windows: number | null }>(
      'select sum(windows) as windows from stack_roll where series = ? and start >= ? and start < ?',
    ),
    shrinkSpan: db.prepare<[{ id: number; rawFloor: number }]>(shrinkSpanSql),
    deleteStackRolls: db.prepare<[number, number, number]>(
      'delete from stack_roll where series = ? and start >= ? and start < ?',
    ),
    deleteSiteRolls: db.prepare<[number, number, number]>(
      'delete from site_roll where tier in (60, 300, 3600) and series = ? and start >= ? and start < ?',
    ),
  };
}
