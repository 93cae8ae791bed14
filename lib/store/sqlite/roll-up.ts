import type Database from 'better-sqlite3';
import type { Meta } from './meta';
import { type RolledHour, stampSql } from './roll-hour';
import { hourMs, segmentMs } from './spans';

/** Windows arrive a while after they end; an hour is closed this long after its end. */
const graceMs = 30_000;
const hoursAtOnce = 32;

/** Replaces the roll-ups of closed series-hours that changed since they were last made. */
export class RollUp {
  readonly #db: Database.Database;
  readonly #meta: Meta;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Database.Database, meta: Meta) {
    this.#db = db;
    this.#meta = meta;
    this.#sql = prepare(db);
  }

  /** Closed series-hours to do, oldest first. */
  pending(now: number): { series: number; hour: number }[] {
    return this.#sql.dirty.all(now - hourMs - graceMs);
  }

  /**
   * `compute` reads (maybe in another thread); what it returns is stored only if the hour has not changed meanwhile.
   * Returns the number of roll-ups replaced: a stack sum and one for each site tier.
   */
  async run(
    now: number,
    compute: (hours: { series: number; hour: number }[]) => Promise<RolledHour[]>,
    onStored: () => void,
  ): Promise<{ buckets: number }> {
    const pending = this.pending(now);
    let buckets = 0;
    for (let at = 0; at < pending.length; at += hoursAtOnce) {
      const rolled = await compute(pending.slice(at, at + hoursAtOnce));
      buckets += this.#store(rolled);
      onStored();
    }
    return { buckets };
  }

  #store(rolled: readonly RolledHour[]): number {
    let buckets = 0;
    this.#db
      .transaction(() => {
        for (const hour of rolled) {
          const stamp = this.#sql.stamp.get(hour.hour - segmentMs, hour.hour + hourMs)?.stamp ?? 0;
          if (stamp !== hour.stamp || hour.hour < this.#meta.get('rawFloor')) continue;
          buckets += this.#replace(hour);
          this.#sql.clean.run(hour.hour, hour.series);
        }
      })
      .immediate();
    return buckets;
  }

  #replace(rolled: RolledHour): number {
    const { series, hour, blocks } = rolled;
    if (blocks === undefined) {
      this.#sql.dropSites.run(series, hour);
      this.#sql.dropStacks.run(series, hour);
      return 0;
    }
    for (const { tierMs, block } of blocks.sites) this.#sql.setSites.run(tierMs / 1_000, series, hour, block);
    this.#sql.setStacks.run(series, hour, rolled.wall, rolled.windows, rolled.longest, blocks.stacks);
    return blocks.sites.length + 1;
  }
}

function prepare(db: Database.Database) {
  return {
    dirty: db.prepare<[number], { series: number; hour: number }>(
      'select hour, series from dirty where hour <= ? order by hour, series',
    ),
    stamp: db.prepare<[number, number], { stamp: number }>(stampSql),
    clean: db.prepare<[number, number]>('delete from dirty where hour = ? and series = ?'),
    setSites: db.prepare<[number, number, number, Uint8Array]>(
      `insert into site_roll (tier, series, start, b) values (?, ?, ?, ?)
       on conflict (tier, series, start) do update set b = excluded.b`,
    ),
    setStacks: db.prepare<[number, number, number, number, number, Uint8Array]>(
      `insert into stack_roll (series, start, wall, windows, longest, b) values (?, ?, ?, ?, ?, ?)
       on conflict (series, start) do update set
         wall = excluded.wall, windows = excluded.windows, longest = excluded.longest, b = excluded.b`,
    ),
    dropSites: db.prepare<[number, number]>(
      'delete from site_roll where tier in (60, 300, 3600) and series = ? and start = ?',
    ),
    dropStacks: db.prepare<[number, number]>('delete from stack_roll where series = ? and start = ?'),
  };
}
