import type Database from 'better-sqlite3';
import type { Window } from '../port';
import { nativeRate } from '../rate';
import { decodeBlock, emptyRows } from './block';
import { ChunkCache } from './chunk-cache';
import { DenseSums } from './dense-sums';
import type { Dictionary, LocalSeries } from './dictionary';
import { chunkBytes, type SiteChunk, SiteChunkBuilder, totalRow } from './site-chunk';
import { segmentMs } from './spans';
import { type StackChunk, stackChunkBytes } from './stack-chunk';

interface RawRow {
  readonly start: number;
  readonly wall: number;
  readonly b: Buffer;
}

/**
 * Native windows as chunks of five minutes, remembered while nothing in those five minutes changes. `begin` must run
 * at the start of each read transaction.
 */
export class RawWindows {
  readonly #dictionary: Dictionary;
  readonly #select: Database.Statement<[number, number, number], RawRow>;
  readonly #selectVersions: Database.Statement<[number, number], { start: number; version: number }>;
  readonly #stackChunks: ChunkCache<StackChunk>;
  readonly #siteChunks: ChunkCache<SiteChunk>;
  readonly #rows = emptyRows();
  readonly #sums = new DenseSums();
  readonly #build = new SiteChunkBuilder();
  #versions = new Map<number, number>();

  constructor(db: Database.Database, dictionary: Dictionary, cacheBytes: number) {
    this.#dictionary = dictionary;
    this.#select = db.prepare(
      'select start, wall, b from win where series = ? and start >= ? and start < ? order by start, digest',
    );
    this.#selectVersions = db.prepare('select start, version from segment where start > ? and start < ?');
    this.#stackChunks = new ChunkCache(cacheBytes / 2);
    this.#siteChunks = new ChunkCache(cacheBytes / 2);
  }

  begin(from: number, to: number): void {
    this.#versions = new Map(this.#selectVersions.all(from - segmentMs, to).map((row) => [row.start, row.version]));
  }

  /** Stack sums of a series over [from, to), a chunk per five minutes. */
  stacks(series: LocalSeries, from: number, to: number): StackChunk[] {
    const chunks: StackChunk[] = [];
    this.#eachSpan(series, from, to, this.#stackChunks, 's', (rows) => this.#sumStacks(rows), stackChunkBytes, chunks);
    return chunks;
  }

  /** Site sums of a series, an entry per window of [from, to). */
  sites(series: LocalSeries, from: number, to: number): SiteChunk[] {
    const chunks: SiteChunk[] = [];
    const build = (rows: readonly RawRow[]) => this.#sumSites(rows, series.kind);
    this.#eachSpan(series, from, to, this.#siteChunks, 'w', build, chunkBytes, chunks);
    return chunks;
  }

  /** Walks the five-minute spans; neighbours that are not remembered are read together. */
  #eachSpan<Chunk>(
    series: LocalSeries,
    from: number,
    to: number,
    cache: ChunkCache<Chunk>,
    prefix: string,
    build: (rows: readonly RawRow[]) => Chunk,
    bytesOf: (chunk: Chunk) => number,
    into: Chunk[],
  ): void {
    let missing: { lo: number; hi: number; version: number; key: string }[] = [];
    const readMissing = () => {
      const [first, last] = [missing[0], missing.at(-1)];
      if (first === undefined || last === undefined) return;
      const rows = this.#select.all(series.id, first.lo, last.hi);
      let at = 0;
      for (const { hi, version, key } of missing) {
        const begin = at;
        while (at < rows.length && (rows[at]?.start ?? hi) < hi) at += 1;
        const chunk = build(rows.slice(begin, at));
        cache.set(key, version, bytesOf(chunk), chunk);
        into.push(chunk);
      }
      missing = [];
    };
    for (let segment = Math.floor(from / segmentMs) * segmentMs; segment < to; segment += segmentMs) {
      const version = this.#versions.get(segment);
      if (version === undefined) continue;
      const [lo, hi] = [Math.max(from, segment), Math.min(to, segment + segmentMs)];
      const key = `${prefix}${series.id}:${lo}:${hi}`;
      const known = cache.get(key, version);
      if (known === undefined) {
        if (missing.length > 0 && missing.at(-1)?.hi !== lo) readMissing();
        missing.push({ lo, hi, version, key });
      } else {
        readMissing();
        into.push(known);
      }
    }
    readMissing();
  }

  #sumStacks(rows: readonly RawRow[]): StackChunk {
    const sums = this.#sums;
    sums.reserve(this.#dictionary.stackLimit);
    let wall = 0;
    for (const row of rows) {
      wall += row.wall;
      decodeBlock(row.b, this.#rows);
      const { ids, counts, values, length } = this.#rows;
      for (let index = 0; index < length; index++) sums.add(ids[index] ?? 0, counts[index] ?? 0, values[index] ?? 0);
    }
    const ids = Uint32Array.from(sums.touched);
    const chunk = {
      windows: rows.length,
      wall,
      ids,
      counts: Float64Array.from(ids, (id) => sums.counts[id] ?? 0),
      values: Float64Array.from(ids, (id) => sums.values[id] ?? 0),
    };
    sums.clear();
    return chunk;
  }

  #sumSites(rows: readonly RawRow[], kind: Window['kind']): SiteChunk {
    const { stackSite, siteLock, siteLimit } = this.#dictionary;
    const sums = this.#sums;
    sums.reserve(siteLimit);
    const build = this.#build;
    build.begin(true);
    for (const row of rows) {
      decodeBlock(row.b, this.#rows);
      const { ids, counts, values, length } = this.#rows;
      sums.add(totalRow, 0, 0);
      for (let index = 0; index < length; index++) {
        const site = stackSite[ids[index] ?? 0] ?? 0;
        const lock = siteLock[site] ?? site;
        const [count, value] = [counts[index] ?? 0, values[index] ?? 0];
        sums.add(totalRow, count, value);
        sums.add(site, count, value);
        if (lock !== site) sums.add(lock, count, value);
      }
      build.entry(row.start, row.wall, 1, row.wall);
      for (const site of sums.touched) {
        const value = sums.values[site] ?? 0;
        build.row(site, sums.counts[site] ?? 0, value, nativeRate(kind, value, row.wall), row.start, row.wall);
      }
      sums.clear();
    }
    return build.finish();
  }
}
