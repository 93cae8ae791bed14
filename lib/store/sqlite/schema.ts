import type Database from 'better-sqlite3';
import { LockscopeError } from '@/lib/errors';

/** "LKSC": tells our files from any other SQLite database. */
export const applicationId = 0x4c4b5343;

/** Each step takes a file from version `index` to `index + 1`, forward only, in one transaction. */
export const migrations: readonly string[] = [
  `
  create table meta (name text primary key, value integer not null) without rowid;
  -- first, last: span of the windows whose raw form is gone (none: first > last).
  create table series (
    id integer primary key autoincrement, kind text not null, type text not null, labels text not null,
    first integer not null, last integer not null, unique (type, labels, kind)
  );
  create table site (
    id integer primary key autoincrement, hash integer not null unique, level text not null, kind text not null,
    family text not null, function text not null, file text not null, line integer not null,
    start_line integer not null, root integer not null, lock integer not null
  );
  create table frame (
    id integer primary key autoincrement, function text not null, file text not null, line integer not null,
    start_line integer not null, unique (function, file, line)
  );
  create table stack (
    id integer primary key autoincrement, hash integer not null unique, chk integer not null,
    site integer not null, frames blob not null, seen_day integer not null
  );
  -- One native window; b is a packed block (block.ts).
  create table win (
    series integer not null, start integer not null, digest integer not null, wall integer not null, b blob not null,
    unique (series, start, digest)
  );
  -- Site and lock sums of one series-hour: tier = length of its spans in seconds: 60, 300, 3600 (site-codec.ts).
  create table site_roll (
    tier integer not null, series integer not null, start integer not null, b blob not null,
    unique (tier, series, start)
  );
  -- Stack sums of one series-hour.
  create table stack_roll (
    series integer not null, start integer not null, wall integer not null, windows integer not null,
    longest integer not null, b blob not null, unique (series, start)
  );
  -- Series-hours whose roll-ups are missing or out of date; reads take raw windows for them.
  create table dirty (hour integer not null, series integer not null, primary key (hour, series)) without rowid;
  -- Series-hours that ever held a window: tells a query which of many past pods it need not look at.
  create table active (hour integer not null, series integer not null, primary key (hour, series)) without rowid;
  -- Last change of each five minutes of raw windows: what a reader remembers is good while this stands.
  create table segment (start integer primary key, version integer not null);
  `,
];

/** The version this build writes. */
export const schemaVersion = migrations.length;

const pageBytes = 16_384;
/** How long a write waits for a lock that another program holds; the thread stands still meanwhile. */
export const writerBusyMs = 1_000;

/**
 * Settings that only take effect before the first table, then those of every connection that writes. The write-ahead
 * log is kept to half of the reserve, so that on a full disk letting that go makes room to write the log back.
 */
export function configureWriter(db: Database.Database, reserveBytes: number): void {
  if (versionOf(db) === 0) {
    db.pragma(`page_size = ${pageBytes}`);
    db.pragma('auto_vacuum = INCREMENTAL');
  }
  db.pragma('journal_mode = WAL');
  // FULL: the commit has been synced when it returns. NORMAL would say yes before anything is on the disk.
  db.pragma('synchronous = FULL');
  const logPages = reserveBytes === 0 ? 2_000 : Math.floor(reserveBytes / 2 / pageBytes);
  db.pragma(`wal_autocheckpoint = ${Math.min(4_000, Math.max(64, logPages))}`);
  db.pragma('cache_size = -32768');
  db.pragma('temp_store = MEMORY');
}

export function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Throws `store.newer-schema`, naming both versions. */
export function assertKnownVersion(version: number, file: string, known: number): void {
  if (version <= known) return;
  throw new LockscopeError(
    'store.newer-schema',
    `${file} has schema ${version}, this Lockscope knows up to ${known}; nothing was changed`,
    { place: file },
  );
}

/**
 * Brings a file up to `steps.length`. Throws `store.newer-schema` before anything is touched when the file is newer,
 * and `store.damaged` when it is not ours. `backup` is called once before an older file with content is changed.
 */
export function migrate(
  db: Database.Database,
  file: string,
  steps: readonly string[],
  backup: (version: number) => void,
): void {
  const version = versionOf(db);
  assertKnownVersion(version, file, steps.length);
  const owner = Number(db.pragma('application_id', { simple: true }));
  const isNew = version === 0 && db.prepare('select 1 from sqlite_master limit 1').get() === undefined;
  if (!isNew && owner !== applicationId) {
    throw new LockscopeError('store.damaged', `${file} is a database of another program`, { place: file });
  }
  if (version === steps.length) return;
  if (version > 0) backup(version);
  db.exec('begin immediate');
  try {
    for (const step of steps.slice(version)) db.exec(step);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${steps.length}`);
    db.exec('commit');
  } catch (error) {
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}
