import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, versionOf } from './schema';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lockscope-schema-'));
  file = join(dir, 'samples.db');
});
afterEach(() => rmSync(dir, { recursive: true }));

const steps = ['create table a (x)', 'alter table a add column y; insert into a values (1, 2)', 'create table b (z)'];

function withFile<T>(use: (db: Database.Database) => T): T {
  const db = new Database(file);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

test('a new file gets every step and no backup', () => {
  withFile((db) => {
    migrate(db, file, steps, () => expect.unreachable('nothing to keep'));
    expect(versionOf(db)).toBe(3);
    expect(db.prepare('select * from a').all()).toEqual([{ x: 1, y: 2 }]);
  });
});

test('an older file is copied first, then brought up', () => {
  withFile((db) => migrate(db, file, steps.slice(0, 1), () => undefined));
  const copies: number[] = [];
  withFile((db) => migrate(db, file, steps, (version) => copies.push(version)));
  expect([copies, withFile(versionOf)]).toEqual([[1], 3]);
});

test('a step that fails leaves the file at its version', () => {
  withFile((db) => migrate(db, file, steps.slice(0, 1), () => undefined));
  const broken = [...steps.slice(0, 2), 'create table a (again)'];
  expect(() => withFile((db) => migrate(db, file, broken, () => undefined))).toThrow(/already exists/);
  expect(withFile(versionOf)).toBe(1);
  expect(withFile((db) => db.prepare("select count(*) from pragma_table_info('a')").pluck().get())).toBe(1);
});

test("a newer file and another program's file are refused", () => {
  withFile((db) => migrate(db, file, steps, () => undefined));
  expect(() => withFile((db) => migrate(db, file, steps.slice(0, 2), () => undefined))).toThrow(/schema 3.*up to 2/);
  rmSync(file);
  withFile((db) => db.exec('create table theirs (x)'));
  expect(() => withFile((db) => migrate(db, file, steps, () => undefined))).toThrow(/another program/);
  expect(existsSync(file)).toBe(true);
});
