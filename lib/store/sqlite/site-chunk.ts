import { LockscopeError } from '@/lib/errors';
import { VarintReader, VarintWriter } from './varint';

/**
 * Site and lock sums of one series over consecutive spans: native windows, minutes or one hour.
 * Columns of entries: span start, wall, windows in it, longest of them, and where its rows begin (`offsets`).
 * Columns of rows: local site id (0 = the whole window), sums, and the largest native rate with its window.
 * `at` and `peakWall` are undefined when every entry is a native window: then they are the entry's own.
 */
export interface SiteChunk {
  readonly entries: number;
  readonly start: Float64Array;
  readonly wall: Float64Array;
  readonly windows: Uint32Array;
  readonly longest: Float64Array;
  readonly offsets: Uint32Array;
  readonly site: Uint32Array;
  readonly count: Float64Array;
  readonly value: Float64Array;
  readonly rate: Float64Array;
  readonly at: Float64Array | undefined;
  readonly peakWall: Float64Array | undefined;
}

/** Local id of the row that sums a whole window. */
export const totalRow = 0;

export interface SiteRow {
  site: number;
  count: number;
  value: number;
  rate: number;
  at: number;
  peakWall: number;
}

export interface SiteEntry {
  readonly start: number;
  wall: number;
  windows: number;
  longest: number;
  readonly rows: Map<number, SiteRow>;
}

export function chunkBytes(chunk: SiteChunk): number {
  return 400 + chunk.entries * 32 + chunk.site.length * (chunk.at === undefined ? 28 : 44);
}

const version = 1;
const writer = new VarintWriter();
const reader = new VarintReader();

/**
 * version, number of entries; per entry start (difference), wall, windows, longest, number of rows; per row, ascending
 * by site: site (difference), count, value, rate, start of the busiest window from the span's, longest - its wall.
 */
export function encodeSiteChunk(entries: readonly SiteEntry[]): Buffer {
  writer.byte(version);
  writer.varint(entries.length);
  let before = 0;
  for (const entry of entries) {
    writer.varint(entry.start - before);
    before = entry.start;
    for (const number of [entry.wall, entry.windows, entry.longest, entry.rows.size]) writer.varint(number);
    let site = 0;
    for (const row of [...entry.rows.values()].sort((a, b) => a.site - b.site)) {
      writer.varint(row.site - site);
      site = row.site;
      writer.varint(row.count);
      writer.varint(row.value);
      writer.varint(row.rate);
      writer.varint(row.at - entry.start);
      writer.varint(entry.longest - row.peakWall);
    }
  }
  return writer.take();
}

/** Throws `store.damaged`. */
export function decodeSiteChunk(bytes: Uint8Array): SiteChunk {
  reader.open(bytes);
  const found = reader.byte();
  if (found !== version) throw new LockscopeError('store.damaged', `a stored roll-up has version ${found}`);
  const entries = reader.varint();
  if (entries > reader.left) throw new LockscopeError('store.damaged', `a stored roll-up claims ${entries} entries`);
  const build = new SiteChunkBuilder(false);
  let start = 0;
  for (let entry = 0; entry < entries; entry++) {
    start += reader.varint();
    const [wall, windows, longest, rows] = [reader.varint(), reader.varint(), reader.varint(), reader.varint()];
    build.entry(start, wall, windows, longest);
    let site = 0;
    for (let row = 0; row < rows; row++) {
      site += reader.varint();
      const [count, value, rate] = [reader.varint(), reader.varint(), reader.varint()];
      const at = start + reader.varint();
      build.row(site, count, value, rate, at, longest - reader.varint());
    }
  }
  return build.finish();
}

/** Collects entries and their rows, in order. */
export class SiteChunkBuilder {
  readonly #native: boolean;
  readonly #entries: number[][] = [[], [], [], [], []];
  readonly #rows: number[][] = [[], [], [], [], [], []];

  /** `native`: every entry is one native window, so rows need no place of their maximum. */
  constructor(native: boolean) {
    this.#native = native;
  }

  entry(start: number, wall: number, windows: number, longest: number): void {
    const rowsSoFar = this.#rows[0]?.length ?? 0;
    [start, wall, windows, longest, rowsSoFar].forEach((number, column) => {
      this.#entries[column]?.push(number);
    });
  }

  row(site: number, count: number, value: number, rate: number, at: number, peakWall: number): void {
    const [sites, counts, values, rates, ats, walls] = this.#rows;
    sites?.push(site);
    counts?.push(count);
    values?.push(value);
    rates?.push(rate);
    if (this.#native) return;
    ats?.push(at);
    walls?.push(peakWall);
  }

  finish(): SiteChunk {
    const [start = [], wall = [], windows = [], longest = [], offsets = []] = this.#entries;
    const [site = [], count = [], value = [], rate = [], at = [], peakWall = []] = this.#rows;
    return {
      entries: start.length,
      start: Float64Array.from(start),
      wall: Float64Array.from(wall),
      windows: Uint32Array.from(windows),
      longest: Float64Array.from(longest),
      offsets: Uint32Array.from([...offsets, site.length]),
      site: Uint32Array.from(site),
      count: Float64Array.from(count),
      value: Float64Array.from(value),
      rate: Float64Array.from(rate),
      at: this.#native ? undefined : Float64Array.from(at),
      peakWall: this.#native ? undefined : Float64Array.from(peakWall),
    };
  }
}
