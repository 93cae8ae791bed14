import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { migratePostgres } from '@/lib/catalog/migrate-postgres';
import { migrateSqlite } from '@/lib/catalog/migrate-sqlite';
import { readMigrations } from '@/lib/catalog/migrations';
import type { Catalog } from '@/lib/catalog/port';
import { createPrismaCatalog } from '@/lib/catalog/prisma/catalog';
import { connectPostgres, connectSqlite } from '@/lib/catalog/prisma/client';

/**
 * Opens the catalogue, its schema brought up to date first: `dir` keeps it in `<dir>/catalog.db`,
 * `postgresUrl` in PostgreSQL. Throws what the migration throws and changes nothing then.
 */
export async function openCatalog(
  where: { readonly dir: string } | { readonly postgresUrl: string },
): Promise<Catalog> {
  if ('postgresUrl' in where) {
    await migratePostgres(where.postgresUrl, readMigrations('postgresql'));
    return createPrismaCatalog(connectPostgres(where.postgresUrl));
  }
  mkdirSync(where.dir, { recursive: true });
  const file = join(where.dir, 'catalog.db');
  migrateSqlite(file, readMigrations('sqlite'));
  return createPrismaCatalog(connectSqlite(file));
}
