import type Database from 'better-sqlite3';
import { profileTypeId } from '@/lib/profile/profile-type';
import { labelValue, type Selection } from '@/lib/selection/selection';
import { unixMs } from '@/lib/units';
import { compareText } from '../order';
import { pageOf } from '../page';
import type { Page, Paged, SeriesInfo } from '../port';
import { labelsKey } from '../rate';
import type { LocalSeries } from './dictionary';
import type { ReadContext } from './read-context';
import { hourMs } from './spans';

/** What exists: series, label names and values of a selection. */
export class Listing {
  readonly #context: ReadContext;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Database.Database, context: ReadContext) {
    this.#context = context;
    this.#sql = prepare(db);
  }

  listSeries(selection: Selection, page: Page): Paged<SeriesInfo> {
    return this.#context.read(selection, (range) => {
      const paged = pageOf(this.#present(selection, range), keyOf, page);
      return { ...paged, rows: paged.rows.map((series) => this.#info(series)) };
    });
  }

  labelNames(selection: Selection): string[] {
    return this.#context.read(selection, (range) => {
      const names = new Set(this.#present(selection, range).flatMap(({ labels }) => labels.map(([name]) => name)));
      return [...names].sort(compareText);
    });
  }

  labelValues(selection: Selection, name: string, page: Page & { readonly prefix?: string }): Paged<string> {
    return this.#context.read(selection, (range) => {
      const values = new Set(this.#present(selection, range).map(({ labels }) => labelValue(labels, name)));
      const rows = [...values].filter((value) => value !== '' && value.startsWith(page.prefix ?? ''));
      return pageOf(rows, (value) => value, page);
    });
  }

  counts(): { series: number; stacks: number; sites: number } {
    const counts = this.#sql.counts.get();
    return { series: counts?.series ?? 0, stacks: counts?.stacks ?? 0, sites: counts?.sites ?? 0 };
  }

  /** Matching series with a window in the range, or with a roll-up where raw is gone. */
  #present(selection: Selection, { from, to }: { from: number; to: number }): LocalSeries[] {
    if (from >= to) return [];
    const hour = Math.floor(from / hourMs) * hourMs;
    const gone = Math.min(to, this.#context.meta('rawFloor'));
    return this.#context
      .matching(selection)
      .filter(
        ({ id }) =>
          this.#sql.anyWindow.get(id, from, to) !== undefined ||
          (hour < gone && this.#sql.anyRoll.get(id, hour, gone) !== undefined),
      );
  }

  #info(series: LocalSeries): SeriesInfo {
    const { first, last } = this.#sql.span.get(series.id) ?? { first: 0, last: 0 };
    const oldest = this.#sql.firstWindow.get(series.id)?.start ?? first;
    const newest = this.#sql.lastWindow.get(series.id)?.end ?? last;
    return {
      type: series.type,
      labels: series.labels,
      first: unixMs(Math.min(first, oldest)),
      last: unixMs(Math.max(last, newest)),
    };
  }
}

function keyOf(series: LocalSeries): string {
  return `${series.kind}\0${profileTypeId(series.type)}\0${labelsKey(series.labels)}`;
}

function prepare(db: Database.Database) {
  return {
    counts: db.prepare<[], { series: number; stacks: number; sites: number }>(
      `select (select count(*) from series) as series, (select count(*) from stack) as stacks,
         (select count(*) from site) as sites`,
    ),
    anyWindow: db.prepare<[number, number, number]>(
      'select 1 from win where series = ? and start >= ? and start < ? limit 1',
    ),
    anyRoll: db.prepare<[number, number, number]>(
      'select 1 from site_roll where tier = 3600 and series = ? and start >= ? and start < ? limit 1',
    ),
    span: db.prepare<[number], { first: number; last: number }>('select first, last from series where id = ?'),
    firstWindow: db.prepare<[number], { start: number }>(
      'select start from win where series = ? order by start limit 1',
    ),
    // A window that began earlier may end later, but hardly by more than its neighbours: look at the last few.
    lastWindow: db.prepare<[number], { end: number | null }>(
      'select max(start + wall) as end from (select start, wall from win where series = ? order by start desc limit 8)',
    ),
  };
}
