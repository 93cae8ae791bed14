import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import pg from 'pg';
import { LockscopeError } from '@/lib/errors';

export type Provider = 'sqlite' | 'postgresql';

/** One committed migration: `name` is its folder, `checksum` SHA-256 of its SQL, hex. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
}

// Prisma's own table, so that its tools understand the database.
const tableSql = (timestamp: string) => `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" ${timestamp},
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" ${timestamp},
  "started_at" ${timestamp} NOT NULL DEFAULT CURRENT_TIMESTAMP, "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;
const appliedSql = `SELECT migration_name, checksum FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`;

/** Any number, the same in every Lockscope: one process migrates, the others wait. */
const advisoryLock = 5_640_317;

/** The committed migrations of a provider, oldest first; searched upwards from this file, so bundle and source find the same. */
export function readMigrations(provider: Provider): readonly Migration[] {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const migrations = join(folder, 'prisma', provider, 'migrations');
    if (existsSync(migrations))
      return readdirSync(migrations)
        .sort()
        .map((name) => readMigration(migrations, name));
    if (folder === dirname(folder))
      throw new LockscopeError('catalog.migrations', `prisma/${provider}/migrations not found`);
  }
}

function readMigration(folder: string, name: string): Migration {
  const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

/**
 * Applies what is missing to an SQLite file, in one transaction; returns how many were applied.
 * Throws `catalog.newer` when the file holds a migration this build does not know, `catalog.edited` when
 * the SQL of an applied one differs; both change nothing.
 */
export function migrateSqlite(file: string, migrations: readonly Migration[]): number {
  const db = new Database(file, { timeout: 30_000 });
  try {
    db.pragma('journal_mode = WAL'); // stays so in the file: readers do not wait for the writer
    db.pragma('foreign_keys = OFF'); // cannot change inside a transaction; table rebuilds need it off
    return db
      .transaction(() => {
        const known = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get() !== undefined;
        // Columns are those of the statement above.
        const applied = known ? (db.prepare(appliedSql).all() as AppliedRow[]) : [];
        const missing = missingMigrations(file, applied, migrations);
        if (missing.length > 0) db.exec(tableSql('DATETIME'));
        const record = db.prepare.bind(db);
        for (const migration of missing) {
          db.exec(migration.sql);
          record(
            `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES (?, ?, ?, CURRENT_TIMESTAMP, 1)`,
          ).run(randomUUID(), migration.checksum, migration.name);
        }
        return missing.length;
      })
      .immediate();
  } finally {
    db.close();
  }
}

/** The same for a PostgreSQL database. Several servers may start at once: an advisory lock lets one of them apply. */
export async function migratePostgres(url: string, migrations: readonly Migration[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [advisoryLock]);
    await client.query(tableSql('TIMESTAMPTZ'));
    const applied = (await client.query<AppliedRow>(appliedSql)).rows;
    const missing = missingMigrations('the PostgreSQL catalogue', applied, migrations);
    for (const migration of missing) {
      await client.query(migration.sql);
      await client.query(
        `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`,
        [randomUUID(), migration.checksum, migration.name],
      );
    }
    await client.query('COMMIT');
    return missing.length;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the first error is the one to report
    throw error;
  } finally {
    await client.end();
  }
}

function missingMigrations(
  where: string,
  applied: readonly AppliedRow[],
  migrations: readonly Migration[],
): readonly Migration[] {
  for (const row of applied) {
    const known = migrations.find((migration) => migration.name === row.migration_name);
    if (known === undefined) {
      throw new LockscopeError(
        'catalog.newer',
        `${where} was written by a newer Lockscope: it holds migration ${row.migration_name}, this build knows up to ${migrations.at(-1)?.name ?? 'none'}`,
        { place: where },
      );
    }
    if (known.checksum !== row.checksum) {
      throw new LockscopeError('catalog.edited', `migration ${known.name} was edited after ${where} applied it`, {
        place: where,
      });
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}
