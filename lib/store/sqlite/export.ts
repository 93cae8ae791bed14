import type Database from 'better-sqlite3';
import type { Selection } from '@/lib/selection/selection';
import { unixMs } from '@/lib/units';
import type { Window } from '../port';
import { decodeBlock, emptyRows } from './block';
import type { ReadContext } from './read-context';

/** Where the next page of an export begins. */
export interface ExportPlace {
  readonly series: number;
  readonly rowsDone: number;
}

export interface ExportPage {
  readonly windows: readonly Window[];
  readonly next: ExportPlace | undefined;
}

const rowsAtOnce = 500;

/** Walks pages of raw windows: by series, then start. Windows that come or go meanwhile may be missed. */
export async function* exportWindows(readPage: (place: ExportPlace) => Promise<ExportPage>): AsyncIterable<Window> {
  let place: ExportPlace | undefined = { series: 0, rowsDone: 0 };
  while (place !== undefined) {
    const page: ExportPage = await readPage(place);
    yield* page.windows;
    place = page.next;
  }
}

/** Reads one page: windows with stacks by content id, ascending. */
export class Exporter {
  readonly #context: ReadContext;
  readonly #windows: Database.Statement<
    [number, number, number, number, number],
    { start: number; wall: number; b: Buffer }
  >;
  readonly #rows = emptyRows();

  constructor(db: Database.Database, context: ReadContext) {
    this.#context = context;
    this.#windows = db.prepare(
      `select start, wall, b from win where series = ? and start >= ? and start < ?
       order by start, digest limit ? offset ?`,
    );
  }

  page(selection: Selection, place: ExportPlace): ExportPage {
    return this.#context.read(selection, () => {
      const ids = this.#context.matching(selection).filter(({ id }) => id >= place.series);
      for (const series of ids) {
        const skip = series.id === place.series ? place.rowsDone : 0;
        const rows = this.#windows.all(series.id, selection.from, selection.to, rowsAtOnce, skip);
        if (rows.length === 0) continue;
        const windows = rows.map(
          (row): Window => ({
            series: { type: series.type, labels: series.labels },
            kind: series.kind,
            start: unixMs(row.start),
            wallMs: row.wall,
            ...this.#columns(row.b),
          }),
        );
        return { windows, next: { series: series.id, rowsDone: skip + rows.length } };
      }
      return { windows: [], next: undefined };
    });
  }

  #columns(block: Buffer): Pick<Window, 'stacks' | 'counts' | 'values'> {
    decodeBlock(block, this.#rows);
    const { length, ids, counts, values } = this.#rows;
    const { stackHash } = this.#context.dictionary;
    const rows = Array.from({ length }, (_, index) => ({
      id: stackHash[ids[index] ?? 0] ?? 0n,
      count: counts[index] ?? 0,
      value: values[index] ?? 0,
    })).sort((a, b) => (a.id < b.id ? -1 : 1));
    return {
      stacks: BigUint64Array.from(rows, ({ id }) => id),
      counts: Float64Array.from(rows, ({ count }) => count),
      values: Float64Array.from(rows, ({ value }) => value),
    };
  }
}
