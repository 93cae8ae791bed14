import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock';
import { makeFolder } from './make-folder';
import { openSqliteStore } from './open';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lockscope-folder-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('makes what is missing above the folder, and leaves what is there', () => {
  makeFolder(join(dir, 'a', 'b'));
  writeFileSync(join(dir, 'a', 'b', 'kept'), '');
  makeFolder(join(dir, 'a', 'b'));
  expect(existsSync(join(dir, 'a', 'b', 'kept'))).toBe(true);
});

test.skipIf(!existsSync('/proc/self'))('a folder that no file system makes is an error at once', () => {
  expect(() => openSqliteStore({ dir: '/proc/nope' })).toThrow(/^\/proc\/nope: the folder cannot be made \(ENOENT/);
});

test('a file where the folder should be is named', () => {
  writeFileSync(join(dir, 'file'), '');
  expect(() => openSqliteStore({ dir: join(dir, 'file', 'data') })).toThrow(/the folder cannot be made \(ENOTDIR/);
  expect(() => openSqliteStore({ dir: join(dir, 'file') })).toThrow(/the folder cannot be made \(EEXIST/);
});

test('a damaged LOCK may be deleted: it holds nothing', () => {
  writeFileSync(join(dir, 'LOCK'), 'this is no SQLite file, and long enough to be looked at as one '.repeat(20));
  expect(() => lockFolder(dir)).toThrow(/LOCK: the lock file is damaged; it holds no data: delete it and start again/);
});
