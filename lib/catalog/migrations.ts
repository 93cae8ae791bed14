import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LockscopeError } from '@/lib/errors';

export type Provider = 'sqlite' | 'postgresql';

/** One committed migration: `name` is its folder, `checksum` SHA-256 of its SQL, hex. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** A row of `appliedSql`. */
export interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
}

/** Prisma's own table, so that its tools understand the database. */
export const tableSql = (timestamp: string) => `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" ${timestamp},
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" ${timestamp},
  "started_at" ${timestamp} NOT NULL DEFAULT CURRENT_TIMESTAMP, "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;
export const appliedSql = `SELECT migration_name, checksum FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`;

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
 * What has to be applied, oldest first. Throws `catalog.newer` for an applied migration this build does
 * not know, `catalog.edited` when the SQL of an applied one differs. `where` names the database in the message.
 */
export function missingMigrations(
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
