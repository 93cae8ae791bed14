import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient as PostgresClient } from '@/lib/catalog/generated/postgresql/client';
import { PrismaClient as SqliteClient } from '@/lib/catalog/generated/sqlite/client';

/** The common type of both clients: they are generated from one models file. */
export type Client = SqliteClient;

export function connectSqlite(file: string): Client {
  return new SqliteClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) });
}

export function connectPostgres(url: string): Client {
  // Same models, same calls: only the provider differs between the two generated types.
  return new PostgresClient({ adapter: new PrismaPg({ connectionString: url }) }) as unknown as Client;
}

/** The client while the catalogue is open; throws `catalog.closed` afterwards (Prisma itself would connect again). */
export type Connection = () => Client;
