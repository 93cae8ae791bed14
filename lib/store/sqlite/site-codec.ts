import { LockscopeError } from '@/lib/errors';
import { type SiteChunk, SiteChunkBuilder } from './site-chunk';
import { VarintReader, VarintWriter } from './varint';

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

const version = 1;
const writer = new VarintWriter();
const reader = new VarintReader();
const build = new SiteChunkBuilder();

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
  build.begin(false);
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
