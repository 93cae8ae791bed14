import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migratePostgres } from '@/lib/catalog/migrate-postgres';
import { migrateSqlite } from '@/lib/catalog/migrate-sqlite';
import { type Migration, readMigrations } from '@/lib/catalog/migrations';
import { postgresMissing, startPostgres } from '@/tests/support/postgres';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-migrate-'));
  file = join(folder, 'catalog.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const step = (name: string, sql: string, checksum = name): Migration => ({ name, sql, checksum });
const one = step('1_one', 'CREATE TABLE one (a INTEGER)');
const two = step('2_two', 'ALTER TABLE one ADD COLUMN b INTEGER');

test('applies each migration once, in order', () => {
  expect(migrateSqlite(file, [one])).toBe(1);
  expect(migrateSqlite(file, [one, two])).toBe(1);
  expect(migrateSqlite(file, [one, two])).toBe(0);
});

test('refuses an edited migration and one it does not know', () => {
  migrateSqlite(file, [one, two]);
  expect(() => migrateSqlite(file, [one, { ...two, checksum: 'edited' }])).toThrow(/2_two was edited/);
  expect(() => migrateSqlite(file, [one])).toThrow(
    /newer Lockscope: it holds migration 2_two, this build knows up to 1_one/,
  );
});

test('names a damaged file and a folder that is none, and what to do', () => {
  writeFileSync(file, 'this is no database, but long enough to look like one'.repeat(20));
  expect(() => migrateSqlite(file, [one])).toThrow(
    expect.objectContaining({
      code: 'catalog.damaged',
      message: expect.stringContaining(`${file}: is damaged; move it away`),
    }),
  );
  expect(() => migrateSqlite(join(folder, 'none', 'catalog.db'), [one])).toThrow(/directory does not exist/);
});

test('says which server cannot be reached, and no password', async () => {
  const error = await migratePostgres('postgresql://u:secret@127.0.0.1:1/d', [one]).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'catalog.unreachable',
    place: 'LOCKSCOPE_CATALOG_URL',
    message: expect.stringMatching(/^the PostgreSQL catalogue cannot be reached: (?!.*secret)/),
  });
});

test('applies all or nothing', () => {
  expect(() => migrateSqlite(file, [one, step('2_bad', 'CREATE TABLE two (a); NONSENSE')])).toThrow();
  const db = new Database(file, { readonly: true });
  expect(db.prepare('SELECT name FROM sqlite_master').all()).toEqual([]);
  db.close();
});

test('the committed migrations of both providers have the same names', () => {
  const names = (provider: 'sqlite' | 'postgresql') => readMigrations(provider).map((migration) => migration.name);
  expect(names('sqlite').length).toBeGreaterThan(0);
  expect(names('postgresql')).toEqual(names('sqlite'));
});

test.skipIf(postgresMissing !== undefined)('PostgreSQL: of six servers that start at once one applies', async () => {
  const cluster = startPostgres();
  try {
    const url = cluster.createDatabase('six');
    const migrations = readMigrations('postgresql');
    const applied = await Promise.all(Array.from({ length: 6 }, () => migratePostgres(url, migrations)));
    expect(applied.toSorted()).toEqual([0, 0, 0, 0, 0, migrations.length]);
    await expect(migratePostgres(url, [])).rejects.toMatchObject({ code: 'catalog.newer' });
  } finally {
    cluster.stop();
  }
});
