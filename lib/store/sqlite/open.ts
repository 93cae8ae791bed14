import { closeSync, existsSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { errorMessage, LockscopeError } from '@/lib/errors';
import { assertSqliteFitsNode } from './fits-node';
import { lockFolder } from './folder-lock';
import { makeFolder } from './make-folder';
import { ReadPool } from './pool';
import { LocalReads, type Reads } from './reads';
import { assertKnownVersion, configureWriter, migrate, migrations, writerBusyMs } from './schema';
import { toStoreError } from './sqlite-error';
import { SqliteSampleStore } from './store';

export interface SqliteOptions {
  /** The data folder; it is made when missing. */
  readonly dir: string;
  /** The bundled read worker (`store-read.worker.js`). Without it reads run in this thread. */
  readonly workerUrl?: URL;
  readonly readThreads?: number;
  /** Memory for remembered chunks, for each reader. */
  readonly cacheBytes?: number;
  readonly queueBytes?: number;
  /** Size of `reserve`, the file that is let go when the disk is full; 0 = none. */
  readonly reserveBytes?: number;
  /** An upper bound of the file in pages of 16 KiB, beyond which the disk counts as full. */
  readonly maxPages?: number;
}

const longestReadMs = 60_000;
const mebibyte = 1_048_576;

/**
 * Opens (or makes) `samples.db` in a data folder, alone. Throws `store.locked`, `store.newer-schema`,
 * `store.read-only`, `store.damaged` or `store.full`, or `store.sqlite` when better-sqlite3 does not fit this Node; then
 * nothing was changed.
 */
export function openSqliteStore(options: SqliteOptions): SqliteSampleStore {
  assertSqliteFitsNode();
  const { dir, cacheBytes = 32 * mebibyte } = options;
  const file = join(dir, 'samples.db');
  try {
    makeFolder(dir);
  } catch (error) {
    throw new LockscopeError('store.read-only', `${dir}: the folder cannot be made (${errorMessage(error)})`, {
      place: dir,
      cause: error,
    });
  }
  const lock = lockFolder(dir);
  let db: Database.Database | undefined;
  let reads: Reads | undefined;
  try {
    db = openFile(file, options);
    reads =
      options.workerUrl === undefined
        ? new LocalReads(file, cacheBytes)
        : new ReadPool(
            options.workerUrl,
            { file, cacheBytes },
            { threads: options.readThreads ?? 2, longestMs: longestReadMs },
          );
    return new SqliteSampleStore({
      dir,
      db,
      reads,
      release: () => lock.release(),
      queueBytes: options.queueBytes ?? 64 * mebibyte,
      reserveBytes: reserveBytesOf(options),
    });
  } catch (error) {
    void reads?.close();
    db?.close();
    lock.release();
    throw toStoreError(error, file);
  }
}

function reserveBytesOf(options: SqliteOptions): number {
  return options.reserveBytes ?? 64 * mebibyte;
}

function openFile(file: string, options: SqliteOptions): Database.Database {
  refuseNewer(file);
  const db = new Database(file, { timeout: writerBusyMs });
  try {
    configureWriter(db, reserveBytesOf(options));
    migrate(db, file, migrations, (version) => backUp(db, `${file}.schema-${version}`));
    if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Looks at the version in the file's header before SQLite opens it, which would already make files beside it. A
 * version that is still in the write-ahead log is found by `migrate`.
 */
function refuseNewer(file: string): void {
  if (!existsSync(file)) return;
  const header = Buffer.alloc(64);
  const handle = openSync(file, 'r');
  try {
    // Bytes 60-63 of the database header hold user_version, big endian.
    if (readSync(handle, header, 0, 64, 0) < 64 || header.toString('latin1', 0, 15) !== 'SQLite format 3') return;
  } finally {
    closeSync(handle);
  }
  assertKnownVersion(header.readUInt32BE(60), file, migrations.length);
}

function backUp(db: Database.Database, copy: string): void {
  rmSync(copy, { force: true });
  db.prepare('vacuum into ?').run(copy);
}
