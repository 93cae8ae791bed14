import type Database from 'better-sqlite3';
import { z } from 'zod';
import { LockscopeError } from '@/lib/errors';
import type { Frame } from '@/lib/profile/profile';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import type { SeriesMeaning } from '../meaning';
import { VarintReader } from './varint';

export interface LocalSeries extends SeriesMeaning {
  readonly id: number;
}

const typeSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]);
const labelsSchema = z.array(z.tuple([z.string(), z.string()]));
const kindSchema = z.enum(['delta', 'instant']);
const levelSchema = z.enum(['site', 'lock']);
/** Decoded call stacks kept at hand. */
const mostStacks = 50_000;

/**
 * What local ids mean, read once and then only what is new. `refresh` runs inside the read transaction of a query,
 * so ids and rows are of one state. Everything is read again when the writer raised the epoch.
 */
export class Dictionary {
  readonly #sql: ReturnType<typeof prepare>;
  #epoch = -1;
  #series: LocalSeries[] = [];
  #lastSeries = 0;
  #sites = new Map<number, SiteDef>();
  #siteIds = new Map<SiteId, number>();
  #lastSite = 0;
  #frames = new Map<number, Frame>();
  #lastFrame = 0;
  #lastStack = 0;
  #stackFrames = new Map<number, readonly Frame[]>();
  /** By local stack id. */
  stackHash = new BigUint64Array(1_024);
  stackSite = new Uint32Array(1_024);
  /** By local site id: the local id of its lock-level row (its own for one). */
  siteLock = new Uint32Array(256);
  /** By local site id: 1 for a lock-level row. */
  siteIsLock = new Uint8Array(256);

  constructor(db: Database.Database) {
    this.#sql = prepare(db);
  }

  get series(): readonly LocalSeries[] {
    return this.#series;
  }

  refresh(): void {
    const epoch = this.#sql.epoch.get()?.value ?? 0;
    if (epoch !== this.#epoch) this.#clear(epoch);
    for (const row of this.#sql.series.iterate(this.#lastSeries)) {
      const [name, sampleType, sampleUnit, periodType, periodUnit] = typeSchema.parse(JSON.parse(row.type));
      this.#series.push({
        id: row.id,
        kind: kindSchema.parse(row.kind),
        type: { name, sampleType, sampleUnit, periodType, periodUnit },
        labels: labelsSchema.parse(JSON.parse(row.labels)),
      });
      this.#lastSeries = row.id;
    }
    this.#readSites();
    for (const row of this.#sql.stacks.iterate(this.#lastStack)) {
      const id = Number(row.id);
      this.stackHash = grown(this.stackHash, id, (length) => new BigUint64Array(length));
      this.stackSite = grown(this.stackSite, id, (length) => new Uint32Array(length));
      this.stackHash[id] = BigInt.asUintN(64, row.hash);
      this.stackSite[id] = Number(row.site);
      this.#lastStack = id;
    }
  }

  #clear(epoch: number): void {
    this.#epoch = epoch;
    this.#series = [];
    this.#sites = new Map();
    this.#siteIds = new Map();
    this.#frames = new Map();
    this.#stackFrames = new Map();
    this.#lastSeries = this.#lastSite = this.#lastFrame = this.#lastStack = 0;
  }

  #readSites(): void {
    const first = this.#lastSite;
    for (const row of this.#sql.sites.iterate(first)) {
      const id = Number(row.id);
      const site = {
        id: BigInt.asUintN(64, row.hash),
        level: levelSchema.parse(row.level),
        kind: row.kind,
        family: row.family,
        function: row.function,
        file: row.file,
        line: Number(row.line),
        startLine: Number(row.start_line),
        root: row.root !== 0n,
        lock: BigInt.asUintN(64, row.lock_hash),
      };
      this.siteLock = grown(this.siteLock, id, (length) => new Uint32Array(length));
      this.siteIsLock = grown(this.siteIsLock, id, (length) => new Uint8Array(length));
      this.siteLock[id] = Number(row.lock);
      this.siteIsLock[id] = site.level === 'lock' ? 1 : 0;
      this.#sites.set(id, site);
      this.#siteIds.set(site.id, id);
      this.#lastSite = id;
    }
  }

  /** One more than the largest local id given out. */
  get siteLimit(): number {
    return this.#lastSite + 1;
  }

  get stackLimit(): number {
    return this.#lastStack + 1;
  }

  site(id: number): SiteDef {
    const site = this.#sites.get(id);
    if (site === undefined) throw new LockscopeError('store.damaged', `site ${id} is used but not stored`);
    return site;
  }

  localSite(id: SiteId): number | undefined {
    return this.#siteIds.get(id);
  }

  frames(stack: number): readonly Frame[] {
    const known = this.#stackFrames.get(stack);
    if (known !== undefined) return known;
    const packed = this.#sql.stackFrames.get(stack)?.frames;
    if (packed === undefined) throw new LockscopeError('store.damaged', `stack ${stack} is used but not stored`);
    const reader = new VarintReader().open(packed);
    const frames: Frame[] = [];
    while (reader.left > 0) frames.push(this.#frame(reader.varint()));
    if (this.#stackFrames.size >= mostStacks) this.#stackFrames.clear();
    this.#stackFrames.set(stack, frames);
    return frames;
  }

  #frame(id: number): Frame {
    if (id > this.#lastFrame) {
      for (const row of this.#sql.frames.iterate(this.#lastFrame)) {
        const frame = { function: row.function, file: row.file, line: row.line, startLine: row.start_line };
        this.#frames.set(row.id, frame);
        this.#lastFrame = row.id;
      }
    }
    const frame = this.#frames.get(id);
    if (frame === undefined) throw new LockscopeError('store.damaged', `frame ${id} is used but not stored`);
    return frame;
  }
}

/** The same column with room for `index`. */
function grown<Column extends Uint8Array | Uint32Array | BigUint64Array>(
  column: Column,
  index: number,
  make: (length: number) => Column,
): Column {
  if (index < column.length) return column;
  const larger = make(Math.max(index + 1, 2 * column.length));
  for (let at = 0; at < column.length; at++) larger[at] = column[at] ?? 0;
  return larger;
}

function prepare(db: Database.Database) {
  return {
    epoch: db.prepare<[], { value: number }>("select value from meta where name = 'epoch'"),
    series: db.prepare<[number], { id: number; kind: string; type: string; labels: string }>(
      'select id, kind, type, labels from series where id > ? order by id',
    ),
    sites: db
      .prepare<
        [number],
        {
          id: bigint;
          hash: bigint;
          level: string;
          kind: string;
          family: string;
          function: string;
          file: string;
          line: bigint;
          start_line: bigint;
          root: bigint;
          lock: bigint;
          lock_hash: bigint;
        }
      >(
        `select site.id, site.hash, site.level, site.kind, site.family, site.function, site.file, site.line,
           site.start_line, site.root, site.lock, owner.hash as lock_hash
         from site join site as owner on owner.id = site.lock where site.id > ? order by site.id`,
      )
      .safeIntegers(),
    stacks: db
      .prepare<[number], { id: bigint; hash: bigint; site: bigint }>(
        'select id, hash, site from stack where id > ? order by id',
      )
      .safeIntegers(),
    frames: db.prepare<[number], { id: number; function: string; file: string; line: number; start_line: number }>(
      'select id, function, file, line, start_line from frame where id > ? order by id',
    ),
    stackFrames: db.prepare<[number], { frames: Buffer }>('select frames from stack where id = ?'),
  };
}
