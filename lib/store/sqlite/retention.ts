import type Database from 'better-sqlite3';
import type { RetentionPolicy } from '../port';
import type { Meta } from './meta';
import { hourMs } from './spans';

const dayMs = 86_400_000;
const pagesAtOnce = 256;

/** Deletes what is too old, a little at a time, and gives the space back. */
export class Retention {
  readonly #db: Database.Database;
  readonly #meta: Meta;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #pause: () => Promise<void>;
  #dropped = -1;

  /** `pause` is awaited between transactions, so that writes get their turn. */
  constructor(db: Database.Database, meta: Meta, pause: () => Promise<void>) {
    this.#db = db;
    this.#meta = meta;
    this.#sql = prepare(db);
    this.#pause = pause;
  }

  bytes(): number {
    return (
      Number(this.#db.pragma('page_count', { simple: true })) * Number(this.#db.pragma('page_size', { simple: true }))
    );
  }

  /** First hour that is not rolled up yet at or after the raw floor; raw may be cut up to there. */
  firstDirtyHour(): number {
    return this.#sql.firstDirty.get()?.hour ?? Number.MAX_SAFE_INTEGER;
  }

  /**
   * Cuts raw windows before `cut` (a whole hour). The floor moves first, in a transaction of its own: from then on
   * reads take roll-ups, so nobody sees an hour half deleted.
   */
  async cutRaw(cut: number, windowsAtOnce: number): Promise<number> {
    if (cut > this.#meta.get('rawFloor')) this.#raise('rawFloor', cut);
    let windows = 0;
    for (const { id } of this.#sql.series.all()) {
      this.#sql.rememberSpan.run({ id, cut });
      for (let changes = windowsAtOnce; changes === windowsAtOnce; ) {
        changes = this.#sql.deleteWindows.run(id, cut, windowsAtOnce).changes;
        windows += changes;
        if (changes === windowsAtOnce) await this.#pause();
      }
    }
    this.#sql.deleteSegments.run(cut);
    this.#sql.deleteDirty.run(cut);
    this.#meta.add('windows', -windows);
    this.#save();
    return windows;
  }

  async cutSiteMinutes(cut: number): Promise<number> {
    this.#raise('site1mFloor', cut);
    return this.#each((id) =>
      [60, 300].reduce((rows, tier) => rows + this.#sql.deleteSiteRolls.run(tier, id, cut).changes, 0),
    );
  }

  async cutStackHours(cut: number): Promise<number> {
    this.#raise('stack1hFloor', cut);
    return this.#each((id) => this.#sql.deleteStackRolls.run(id, cut).changes);
  }

  async cutSiteHours(cut: number): Promise<number> {
    this.#raise('site1hFloor', cut);
    this.#sql.deleteActive.run(cut);
    return this.#each((id) => {
      const { changes } = this.#sql.deleteSiteRolls.run(3600, id, cut);
      if (changes > 0) this.#sql.shrinkSpan.run({ id, rawFloor: this.#meta.get('rawFloor') });
      return changes;
    });
  }

  async #each(cutSeries: (id: number) => number): Promise<number> {
    let rows = 0;
    for (const { id } of this.#sql.series.all()) {
      const changes = cutSeries(id);
      rows += changes;
      if (changes > 0) await this.#pause();
    }
    return rows;
  }

  #raise(name: 'rawFloor' | 'site1mFloor' | 'stack1hFloor' | 'site1hFloor', cut: number): void {
    this.#meta.raise(name, cut);
    this.#save();
  }

  #save(): void {
    this.#db.transaction(() => this.#meta.save()).immediate();
  }

  /**
   * Definitions that nothing can refer to any more: unseen since before `cut`, and series without any row. It reads
   * every stack, so it runs once for each day that `cut` reaches.
   */
  dropUnseen(cut: number): void {
    const day = Math.floor(cut / dayMs);
    if (day === this.#dropped) return;
    this.#dropped = day;
    this.#db
      .transaction(() => {
        let gone = this.#sql.deleteStacks.run(day).changes;
        gone += this.#sql.deleteSeries.run().changes;
        if (gone === 0) return;
        this.#sql.deleteSites.run();
        this.#sql.deleteLocks.run();
        this.#meta.add('epoch', 1);
        this.#meta.save();
      })
      .immediate();
  }

  /** Gives free pages back to the file system in small steps. Returns the bytes the file shrank by. */
  async vacuum(): Promise<number> {
    const before = this.bytes();
    for (let free = 1; free > 0; ) {
      free = Number(this.#db.pragma('freelist_count', { simple: true }));
      if (free === 0) break;
      this.#db.pragma(`incremental_vacuum(${pagesAtOnce})`);
      await this.#pause();
    }
    return Math.max(0, before - this.bytes());
  }
}

/** Start of what a tier keeps, in whole hours. */
export function floorsOf(now: number, policy: RetentionPolicy) {
  const hour = (keptMs: number) => Math.max(0, Math.floor((now - keptMs) / hourMs) * hourMs);
  return {
    raw: hour(policy.rawMs),
    site1m: hour(policy.site1mMs),
    stack1h: hour(policy.stack1hMs),
    site1h: hour(policy.site1hMs),
    longest: hour(Math.max(policy.rawMs, policy.site1mMs, policy.stack1hMs, policy.site1hMs)),
  };
}

/**
 * `series.first` and `.last` tell the span of windows whose raw form is gone; when roll-ups go as well, it is shrunk to
 * the hours that are left.
 */
export const shrinkSpanSql = `
  update series set
    first = max(first, coalesce((select min(start) from site_roll
      where tier = 3600 and site_roll.series = series.id and start < :rawFloor), 9007199254740991)),
    last = min(last, coalesce((select max(start) + 3600000 from site_roll
      where tier = 3600 and site_roll.series = series.id and start < :rawFloor), 0))
  where id = :id`;

function prepare(db: Database.Database) {
  return {
    firstDirty: db.prepare<[], { hour: number }>('select hour from dirty order by hour limit 1'),
    series: db.prepare<[], { id: number }>('select id from series order by id'),
    deleteWindows: db.prepare<[number, number, number]>(
      'delete from win where rowid in (select rowid from win where series = ? and start < ? limit ?)',
    ),
    rememberSpan: db.prepare<[{ id: number; cut: number }]>(
      `update series set first = min(series.first, gone.first), last = max(series.last, gone.last)
       from (select min(start) as first, max(start + wall) as last from win where series = :id and start < :cut) as gone
       where series.id = :id and gone.first is not null`,
    ),
    shrinkSpan: db.prepare<[{ id: number; rawFloor: number }]>(shrinkSpanSql),
    deleteSegments: db.prepare<[number]>('delete from segment where start < ?'),
    deleteDirty: db.prepare<[number]>('delete from dirty where hour < ?'),
    deleteActive: db.prepare<[number]>('delete from active where hour < ?'),
    deleteSiteRolls: db.prepare<[number, number, number]>(
      'delete from site_roll where tier = ? and series = ? and start < ?',
    ),
    deleteStackRolls: db.prepare<[number, number]>('delete from stack_roll where series = ? and start < ?'),
    deleteStacks: db.prepare<[number]>('delete from stack where seen_day < ?'),
    deleteSeries: db.prepare(
      `delete from series where not exists (select 1 from win where win.series = series.id)
         and not exists (select 1 from site_roll where tier = 3600 and site_roll.series = series.id)
         and not exists (select 1 from stack_roll where stack_roll.series = series.id)`,
    ),
    deleteSites: db.prepare(
      "delete from site where level = 'site' and not exists (select 1 from stack where stack.site = site.id)",
    ),
    deleteLocks: db.prepare(
      `delete from site where level = 'lock' and not exists (select 1 from site as member
         where member.lock = site.id and member.id <> site.id)`,
    ),
  };
}
