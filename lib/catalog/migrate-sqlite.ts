import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { type AppliedRow, appliedSql, type Migration, missingMigrations, tableSql } from '@/lib/catalog/migrations';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';

const recordSql = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES (?, ?, ?, CURRENT_TIMESTAMP, 1)`;

/**
 * Applies what is missing to an SQLite file, in one transaction; returns how many were applied. Throws as
 * `missingMigrations`, and `catalog.full`, `catalog.read-only`, `catalog.damaged` naming the file; nothing
 * is changed then.
 */
export function migrateSqlite(file: string, migrations: readonly Migration[]): number {
  try {
    const db = new Database(file, { timeout: 30_000 });
    try {
      // No WAL: opening one makes new files, and a full disk must not keep the server from starting.
      db.pragma('journal_mode = DELETE');
      db.pragma('foreign_keys = OFF'); // cannot change inside a transaction; table rebuilds need it off
      return db.transaction(() => applyMissing(db, file, migrations)).immediate();
    } finally {
      db.close();
    }
  } catch (error) {
    throw namedError(file, error);
  }
}

function applyMissing(db: Database.Database, file: string, migrations: readonly Migration[]): number {
  const known = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get() !== undefined;
  // Columns are those of the statement.
  const applied = known ? (db.prepare(appliedSql).all() as AppliedRow[]) : [];
  const missing = missingMigrations(file, applied, migrations);
  if (missing.length > 0) db.exec(tableSql('DATETIME'));
  for (const migration of missing) {
    db.exec(migration.sql);
    db.prepare(recordSql).run(randomUUID(), migration.checksum, migration.name);
  }
  return missing.length;
}

/** SQLite's own errors say neither which file nor what is the matter with it. */
function namedError(file: string, error: unknown): unknown {
  const code = errorCode(error) ?? '';
  const say = (name: string, text: string) =>
    new LockscopeError(name, `${file}: ${text} (${code}: ${errorMessage(error)})`, { place: file, cause: error });
  if (/^SQLITE_(FULL|IOERR)/.test(code)) return say('catalog.full', 'cannot be written: is the disk full?');
  if (/^SQLITE_(READONLY|CANTOPEN)/.test(code)) return say('catalog.read-only', 'cannot be opened for writing');
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return say('catalog.damaged', 'is damaged; move it away, and services reappear with their next profile');
  }
  return error;
}
