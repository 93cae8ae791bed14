import type Database from 'better-sqlite3';
import { unixMs } from '@/lib/units';
import { nativeRate } from '../rate';
import { decodeBlock, emptyRows, encodeBlock, reserveRows, type StackRows } from './block';
import { DenseSums } from './dense-sums';
import type { LocalSeries } from './dictionary';
import type { ReadContext } from './read-context';
import { totalRow } from './site-chunk';
import { encodeSiteChunk, type SiteEntry } from './site-codec';
import { hourMs, segmentMs, siteTiersMs } from './spans';

/** Site sums of an hour in spans of one tier. */
export interface RolledSites {
  readonly tierMs: number;
  readonly block: Uint8Array;
}

/** Roll-ups of one closed series-hour, recomputed whole; undefined blocks when it holds no windows. */
export interface RolledHour {
  readonly series: number;
  readonly hour: number;
  /** Sum of the versions of the hour's five-minute segments that were read: unchanged = still true. */
  readonly stamp: number;
  readonly wall: number;
  readonly windows: number;
  readonly longest: number;
  readonly blocks: { readonly sites: readonly RolledSites[]; readonly stacks: Uint8Array } | undefined;
}

/** Reads raw windows and makes roll-ups of them. Pure reading: the writer stores the result. */
export class HourRoller {
  readonly #context: ReadContext;
  readonly #windows: Database.Statement<[number, number, number], { start: number; wall: number; b: Buffer }>;
  readonly #stamp: Database.Statement<[number, number], { stamp: number }>;
  readonly #rows = emptyRows();
  readonly #out: StackRows = emptyRows();
  readonly #stacks = new DenseSums();
  readonly #sites = new DenseSums();

  constructor(db: Database.Database, context: ReadContext) {
    this.#context = context;
    this.#windows = db.prepare(
      'select start, wall, b from win where series = ? and start >= ? and start < ? order by start, digest',
    );
    this.#stamp = db.prepare(stampSql);
  }

  roll(hours: readonly { readonly series: number; readonly hour: number }[]): RolledHour[] {
    return this.#context.read({ from: unixMs(0), to: unixMs(0) }, () => {
      const known = new Map(this.#context.dictionary.series.map((series) => [series.id, series]));
      return hours.flatMap(({ series, hour }) => {
        const local = known.get(series);
        return local === undefined ? [] : [this.#rollHour(local, hour)];
      });
    });
  }

  #rollHour(series: LocalSeries, hour: number): RolledHour {
    const rows = this.#windows.all(series.id, hour, hour + hourMs);
    const stamp = this.#stamp.get(hour - segmentMs, hour + hourMs)?.stamp ?? 0;
    const tiers = siteTiersMs.map((tierMs) => ({ tierMs, entries: [] as SiteEntry[] }));
    this.#stacks.clear();
    this.#stacks.reserve(this.#context.dictionary.stackLimit);
    for (const row of rows) {
      const entries = tiers.map((tier) => {
        const start = Math.floor(row.start / tier.tierMs) * tier.tierMs;
        const last = tier.entries.at(-1);
        if (last?.start === start) return last;
        const entry = emptyEntry(start);
        tier.entries.push(entry);
        return entry;
      });
      this.#addWindow(series, row, entries);
    }
    const summary = {
      series: series.id,
      hour,
      stamp,
      wall: rows.reduce((sum, row) => sum + row.wall, 0),
      windows: rows.length,
      longest: rows.reduce((most, row) => Math.max(most, row.wall), 0),
    };
    if (rows.length === 0) return { ...summary, blocks: undefined };
    const sites = tiers.map(({ tierMs, entries }) => ({ tierMs, block: encodeSiteChunk(entries) }));
    return { ...summary, blocks: { sites, stacks: this.#encodeStacks() } };
  }

  #addWindow(
    series: LocalSeries,
    row: { readonly start: number; readonly wall: number; readonly b: Buffer },
    entries: readonly SiteEntry[],
  ): void {
    const { stackSite, siteLock, siteLimit } = this.#context.dictionary;
    const sums = this.#sites;
    sums.clear();
    sums.reserve(siteLimit);
    decodeBlock(row.b, this.#rows);
    const { ids, counts, values, length } = this.#rows;
    sums.add(totalRow, 0, 0);
    for (let index = 0; index < length; index++) {
      const id = ids[index] ?? 0;
      const [count, value] = [counts[index] ?? 0, values[index] ?? 0];
      const site = stackSite[id] ?? 0;
      const lock = siteLock[site] ?? site;
      this.#stacks.add(id, count, value);
      sums.add(totalRow, count, value);
      sums.add(site, count, value);
      if (lock !== site) sums.add(lock, count, value);
    }
    for (const entry of entries) {
      entry.wall += row.wall;
      entry.windows += 1;
      entry.longest = Math.max(entry.longest, row.wall);
      for (const site of sums.touched) {
        const [count, value] = [sums.counts[site] ?? 0, sums.values[site] ?? 0];
        const rate = nativeRate(series.kind, value, row.wall);
        const known = entry.rows.get(site);
        if (known === undefined) {
          entry.rows.set(site, { site, count, value, rate, at: row.start, peakWall: row.wall });
          continue;
        }
        known.count += count;
        known.value += value;
        // Windows come by start, so the first of equal rates is the earliest.
        if (rate > known.rate) Object.assign(known, { rate, at: row.start, peakWall: row.wall });
      }
    }
  }

  #encodeStacks(): Uint8Array {
    const { touched, counts, values } = this.#stacks;
    const out = this.#out;
    reserveRows(out, touched.length);
    out.length = touched.length;
    touched.forEach((id, index) => {
      out.ids[index] = id;
      out.counts[index] = counts[id] ?? 0;
      out.values[index] = values[id] ?? 0;
    });
    return encodeBlock(out);
  }
}

/** Sum of the versions of the segments of an hour: (hour - one segment, hour end), exclusive. */
export const stampSql = 'select coalesce(sum(version), 0) as stamp from segment where start > ? and start < ?';

function emptyEntry(start: number): SiteEntry {
  return { start, wall: 0, windows: 0, longest: 0, rows: new Map() };
}
