import type Database from 'better-sqlite3';
import { LockscopeError } from '@/lib/errors';
import type { Frame } from '@/lib/profile/profile';
import { type ProfileType, profileTypeId } from '@/lib/profile/profile-type';
import type { SiteDef, SiteId, StackDef, StackId } from '@/lib/profile/site';
import type { Labels } from '@/lib/selection/selection';
import type { Window } from '../port';
import { labelsKey } from '../rate';
import { VarintWriter } from './varint';

interface LocalStack {
  readonly id: number;
  readonly chk: bigint;
  /** False while a frame's first line of the function is unknown. */
  complete: boolean;
  seenDay: number;
}

/** 64-bit hashes are bound as signed integers and read back unsigned. */
const signed = (hash: bigint) => BigInt.asIntN(64, hash);
/** Above this many the writer forgets and looks them up again. */
const mostRemembered = 100_000;
const dayMs = 86_400_000;

/**
 * Small integers for series, sites, frames and stacks, given out inside the writer's transaction. What it remembers
 * must be forgotten (`forget`) when that transaction is rolled back.
 */
export class LocalIds {
  readonly #series = new Map<string, number>();
  /** Ingest hands in the same array for as long as a process keeps its name. */
  readonly #labelsTexts = new WeakMap<Labels, string>();
  readonly #sites = new Map<SiteId, number>();
  readonly #stacks = new Map<StackId, LocalStack>();
  readonly #sql: ReturnType<typeof prepare>;
  readonly #varints = new VarintWriter();

  constructor(db: Database.Database) {
    this.#sql = prepare(db);
  }

  forget(): void {
    this.#series.clear();
    this.#sites.clear();
    this.#stacks.clear();
  }

  /** The series' local id; a new one is stored. */
  series(kind: Window['kind'], type: ProfileType, labels: Labels): number {
    const labelsText = this.#labelsText(labels);
    const key = `${kind}\0${profileTypeId(type)}\0${labelsText}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const typeText = JSON.stringify([type.name, type.sampleType, type.sampleUnit, type.periodType, type.periodUnit]);
    this.#sql.addSeries.run(kind, typeText, labelsText);
    const id = this.#sql.findSeries.get(kind, typeText, labelsText)?.id;
    if (id === undefined) throw new LockscopeError('internal.store', 'a series just stored is missing');
    this.#series.set(key, id);
    return id;
  }

  #labelsText(labels: Labels): string {
    const known = this.#labelsTexts.get(labels);
    if (known !== undefined) return known;
    const text = labelsKey(labels);
    this.#labelsTexts.set(labels, text);
    return text;
  }

  hasSite(id: SiteId): boolean {
    return this.#findSite(id) !== undefined;
  }

  #findSite(id: SiteId): number | undefined {
    const known = this.#sites.get(id) ?? this.#sql.findSite.get(signed(id))?.id;
    if (known !== undefined) this.#sites.set(id, known);
    return known;
  }

  /** Stores a new site. Its lock-level row must be there, or be itself. */
  addSite(site: SiteDef): void {
    const lock = site.lock === site.id ? 0 : (this.#findSite(site.lock) ?? 0);
    const { lastInsertRowid } = this.#sql.addSite.run(
      signed(site.id),
      site.level,
      site.kind,
      site.family,
      site.function,
      site.file,
      site.line,
      site.startLine,
      site.root ? 1 : 0,
      lock,
    );
    const id = Number(lastInsertRowid);
    if (lock === 0) this.#sql.ownLock.run(id, id);
    this.#sites.set(site.id, id);
  }

  findStack(id: StackId): LocalStack | undefined {
    const known = this.#stacks.get(id);
    if (known !== undefined) return known;
    const row = this.#sql.findStack.get(signed(id));
    if (row === undefined) return undefined;
    const stack = {
      id: Number(row.id),
      chk: BigInt.asUintN(64, row.chk),
      complete: false,
      seenDay: Number(row.seen_day),
    };
    this.#remember(id, stack);
    return stack;
  }

  #remember(id: StackId, stack: LocalStack): void {
    if (this.#stacks.size >= mostRemembered) this.#stacks.clear();
    this.#stacks.set(id, stack);
  }

  addStack(stack: StackDef, start: number): void {
    for (const frame of stack.frames) this.#varints.varint(this.#frame(frame));
    const seenDay = Math.floor(start / dayMs);
    const frames = this.#varints.take();
    const site = this.#findSite(stack.site) ?? 0;
    const { lastInsertRowid } = this.#sql.addStack.run(signed(stack.id), signed(stack.chk), site, frames, seenDay);
    const complete = stack.frames.every((frame) => frame.startLine !== 0);
    this.#remember(stack.id, { id: Number(lastInsertRowid), chk: stack.chk, complete, seenDay });
  }

  /** A repeated definition may bring first lines that were unknown. Returns true when a frame changed. */
  completeStack(stack: StackDef): boolean {
    const local = this.#stacks.get(stack.id);
    if (local === undefined || local.complete) return false;
    let changed = false;
    for (const frame of stack.frames) {
      if (frame.startLine === 0) continue;
      const { changes } = this.#sql.completeFrame.run(frame.startLine, frame.function, frame.file, frame.line);
      changed ||= changes > 0;
    }
    local.complete = stack.frames.every((frame) => frame.startLine !== 0);
    return changed;
  }

  #frame(frame: Frame): number {
    this.#sql.addFrame.run(frame.function, frame.file, frame.line, frame.startLine);
    const id = this.#sql.findFrame.get(frame.function, frame.file, frame.line)?.id;
    if (id === undefined) throw new LockscopeError('internal.store', 'a frame just stored is missing');
    return id;
  }

  /** Notes the day a stack was last seen, at most once a day. */
  touchStack(stack: LocalStack, start: number): void {
    const day = Math.floor(start / dayMs);
    if (day <= stack.seenDay) return;
    this.#sql.touchStack.run(day, stack.id);
    stack.seenDay = day;
  }
}

function prepare(db: Database.Database) {
  return {
    addSeries: db.prepare<[string, string, string]>(
      'insert or ignore into series (kind, type, labels, first, last) values (?, ?, ?, 9007199254740991, 0)',
    ),
    findSeries: db.prepare<[string, string, string], { id: number }>(
      'select id from series where kind = ? and type = ? and labels = ?',
    ),
    findSite: db.prepare<[bigint], { id: number }>('select id from site where hash = ?'),
    addSite: db.prepare<[bigint, string, string, string, string, string, number, number, number, number]>(
      `insert into site (hash, level, kind, family, function, file, line, start_line, root, lock)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    ownLock: db.prepare<[number, number]>('update site set lock = ? where id = ?'),
    findStack: db
      .prepare<[bigint], { id: bigint; chk: bigint; seen_day: bigint }>(
        'select id, chk, seen_day from stack where hash = ?',
      )
      .safeIntegers(),
    addStack: db.prepare<[bigint, bigint, number, Buffer, number]>(
      'insert into stack (hash, chk, site, frames, seen_day) values (?, ?, ?, ?, ?)',
    ),
    touchStack: db.prepare<[number, number]>('update stack set seen_day = ? where id = ?'),
    addFrame: db.prepare<[string, string, number, number]>(
      'insert or ignore into frame (function, file, line, start_line) values (?, ?, ?, ?)',
    ),
    findFrame: db.prepare<[string, string, number], { id: number }>(
      'select id from frame where function = ? and file = ? and line = ?',
    ),
    completeFrame: db.prepare<[number, string, string, number]>(
      'update frame set start_line = ? where function = ? and file = ? and line = ? and start_line = 0',
    ),
  };
}
