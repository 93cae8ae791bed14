import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type AppliedRow, appliedSql, type Migration, missingMigrations, tableSql } from '@/lib/catalog/migrations';
import { errorMessage, LockscopeError } from '@/lib/errors';

/** Any number, the same in every Lockscope: one process migrates, the others wait. */
const advisoryLock = 5_640_317;

/**
 * Applies what is missing to a PostgreSQL database, in one transaction; returns how many were applied.
 * Several servers may start at once: an advisory lock lets one of them apply. Throws as `missingMigrations`, and
 * `catalog.unreachable`.
 */
export async function migratePostgres(url: string, migrations: readonly Migration[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((error: unknown) => {
    throw unreachable(error);
  });
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

/** Without the URL: a password stands in it. */
function unreachable(error: unknown): LockscopeError {
  return new LockscopeError(
    'catalog.unreachable',
    `the PostgreSQL catalogue cannot be reached: ${errorMessage(error)}`,
    { place: 'LOCKSCOPE_CATALOG_URL', cause: error },
  );
}
