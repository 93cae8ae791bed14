import type Database from 'better-sqlite3';
import type { Selection } from '@/lib/selection/selection';
import { compileSelection } from '../matcher';
import type { Cover, Note } from '../port';
import { decodeBlock, emptyRows } from './block';
import { Dictionary, type LocalSeries } from './dictionary';
import type { MetaName } from './meta';
import { type Piece, planSites, planStacks, type TierFacts } from './plan';
import { RawWindows } from './raw-windows';
import type { SiteChunk } from './site-chunk';
import { decodeSiteChunk } from './site-codec';
import { hourMs } from './spans';
import type { StackChunk } from './stack-chunk';

/** For longer ranges most series are active anyway, and the look-up costs more than it saves. */
const longestLookUpMs = 14 * 24 * hourMs;

/** A chunk and the span of it that counts: entries that start in [from, to). */
export interface SiteSpan {
  readonly chunk: SiteChunk;
  readonly from: number;
  readonly to: number;
}

/** Counts what an answer was made of. */
export interface CoverCount {
  windows: number;
  wallMs: number;
  series: number;
  /** Coarsest unit that had to answer because finer tiers are gone; 1 = none. */
  forcedMs: number;
  widened: boolean;
}

/**
 * One read-only connection with what it remembers. `read` runs a query inside one transaction: it sees one state of
 * the file, before or after any write, never between.
 */
export class ReadContext {
  readonly dictionary: Dictionary;
  readonly raw: RawWindows;
  readonly #db: Database.Database;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #rows = emptyRows();
  #meta = new Map<string, number>();
  #dirty = new Set<string>();
  /** Series with a window in the hours of the range; undefined when that was not looked up. */
  #active: Set<number> | undefined;

  constructor(db: Database.Database, cacheBytes: number) {
    this.#db = db;
    this.#sql = prepare(db);
    this.dictionary = new Dictionary(db);
    this.raw = new RawWindows(db, this.dictionary, cacheBytes);
  }

  read<T>(selection: Pick<Selection, 'from' | 'to'>, query: (range: { from: number; to: number }) => T): T {
    this.#db.exec('begin');
    try {
      this.#meta = new Map(this.#sql.meta.all().map(({ name, value }) => [name, value]));
      this.dictionary.refresh();
      // Hours outside of what is stored need no plan.
      const from = Math.max(selection.from, Math.floor(this.meta('oldest') / hourMs) * hourMs);
      const to = Math.max(from, Math.min(selection.to, Math.ceil(this.meta('newest') / hourMs) * hourMs));
      this.raw.begin(from, to);
      this.#dirty = new Set(this.#sql.dirty.all(from - hourMs, to).map(({ hour, series }) => `${hour}:${series}`));
      this.#active = to - from > longestLookUpMs ? undefined : this.#activeIn(from, to);
      return query({ from, to });
    } finally {
      this.#db.exec('commit');
    }
  }

  meta(name: MetaName): number {
    return this.#meta.get(name) ?? 0;
  }

  #activeIn(from: number, to: number): Set<number> {
    const hour = Math.floor(from / hourMs) * hourMs;
    return new Set(this.#sql.active.all(hour, to).map(({ series }) => series));
  }

  /** Series that match and may have a window in the range. */
  matching(selection: Selection): LocalSeries[] {
    const matches = compileSelection(selection);
    const active = this.#active;
    return this.dictionary.series.filter((series) => active?.has(series.id) !== false && matches(series));
  }

  #facts(series: LocalSeries): TierFacts {
    return {
      rawFloor: this.meta('rawFloor'),
      site1mFloor: this.meta('site1mFloor'),
      isDirty: (hour) => this.#dirty.has(`${hour}:${series.id}`),
    };
  }

  /** Stack sums of a series; `cover` counts them. */
  stackChunks(series: LocalSeries, from: number, to: number, cover: CoverCount): StackChunk[] {
    const chunks: StackChunk[] = [];
    for (const piece of planStacks(from, to, this.#facts(series))) {
      const before = chunks.length;
      if (piece.tierMs === 0) chunks.push(...this.raw.stacks(series, piece.from, piece.to));
      else chunks.push(...this.#stackRolls(series, piece));
      let windows = 0;
      for (const chunk of chunks.slice(before)) {
        windows += chunk.windows;
        cover.wallMs += chunk.wall;
      }
      noteTier(piece, windows, cover);
    }
    return chunks;
  }

  #stackRolls(series: LocalSeries, piece: Piece): StackChunk[] {
    return this.#sql.stackRolls.all(series.id, piece.from, piece.to).map((row) => {
      decodeBlock(row.b, this.#rows);
      const { length, ids, counts, values } = this.#rows;
      return {
        windows: row.windows,
        wall: row.wall,
        ids: ids.slice(0, length),
        counts: counts.slice(0, length),
        values: values.slice(0, length),
      };
    });
  }

  /** Site sums of a series, fit for steps of `unitMs`; `cover` counts them. */
  siteSpans(series: LocalSeries, from: number, to: number, unitMs: number | undefined, cover: CoverCount): SiteSpan[] {
    const spans: SiteSpan[] = [];
    for (const piece of planSites(from, to, this.#facts(series), unitMs)) {
      const chunks = piece.tierMs === 0 ? this.raw.sites(series, piece.from, piece.to) : this.#siteRolls(series, piece);
      let windows = 0;
      for (const chunk of chunks) {
        for (let entry = 0; entry < chunk.entries; entry++) {
          const start = chunk.start[entry] ?? 0;
          if (start < piece.from || start >= piece.to) continue;
          windows += chunk.windows[entry] ?? 0;
          cover.wallMs += chunk.wall[entry] ?? 0;
        }
        spans.push({ chunk, from: piece.from, to: piece.to });
      }
      noteTier(piece, windows, cover);
    }
    return spans;
  }

  #siteRolls(series: LocalSeries, piece: Piece): SiteChunk[] {
    const from = Math.floor(piece.from / hourMs) * hourMs;
    return this.#sql.siteRolls
      .all(piece.tierMs / 1_000, series.id, from, piece.to)
      .map((row) => decodeSiteChunk(row.b));
  }
}

function noteTier(piece: Piece, windows: number, cover: CoverCount): void {
  cover.windows += windows;
  if (windows === 0) return;
  if (piece.coarse) cover.forcedMs = Math.max(cover.forcedMs, piece.tierMs);
  cover.widened ||= piece.widened;
}

export function emptyCover(): CoverCount {
  return { windows: 0, wallMs: 0, series: 0, forcedMs: 1, widened: false };
}

/** The cover with what a reader must know: edges that were widened, and a part of the range that is kept no more. */
export function toCover(count: CoverCount, selection: Selection, context: ReadContext, floor: FloorName): Cover {
  const notes: Note[] = [];
  if (count.widened) {
    const unit = count.forcedMs === hourMs ? 'hours' : 'minutes';
    notes.push({
      code: 'store.widened',
      message: `raw windows of this range are gone; its edges were widened to whole ${unit}`,
    });
  }
  const gone = context.meta(floor);
  if (selection.from < gone && context.meta('oldest') < gone) {
    const what = floor === 'stack1hFloor' ? 'stacks' : 'sums';
    notes.push({
      code: 'store.expired',
      message: `${what} from before ${new Date(gone).toISOString()} are kept no more`,
    });
  }
  return { windows: count.windows, wallMs: count.wallMs, series: count.series, notes };
}

/** The oldest tier that an answer of this kind could come from. */
type FloorName = 'stack1hFloor' | 'site1hFloor';

function prepare(db: Database.Database) {
  return {
    meta: db.prepare<[], { name: string; value: number }>('select name, value from meta'),
    dirty: db.prepare<[number, number], { hour: number; series: number }>(
      'select hour, series from dirty where hour > ? and hour < ?',
    ),
    active: db.prepare<[number, number], { series: number }>(
      'select distinct series from active where hour >= ? and hour < ?',
    ),
    stackRolls: db.prepare<[number, number, number], { wall: number; windows: number; b: Buffer }>(
      'select wall, windows, b from stack_roll where series = ? and start >= ? and start < ? order by start',
    ),
    siteRolls: db.prepare<[number, number, number, number], { b: Buffer }>(
      'select b from site_roll where tier = ? and series = ? and start >= ? and start < ? order by start',
    ),
  };
}
