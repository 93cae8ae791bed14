import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readGoFile } from '@/app/_server/go-file';

const folder = mkdtempSync(join(tmpdir(), 'lockscope-source-'));
const source = join(folder, 'source');
mkdirSync(join(source, 'internal/config'), { recursive: true });
writeFileSync(join(source, 'internal/config/config.go'), 'package config\n');
writeFileSync(join(source, 'notes.txt'), 'no Go\n');
writeFileSync(join(source, 'huge.go'), 'x'.repeat(1_000_001));
writeFileSync(join(folder, 'secret.go'), 'package secret\n');
symlinkSync(join(folder, 'secret.go'), join(source, 'link.go'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pathOf = async (recorded: string) => (await readGoFile(source, recorded))?.path;

test('finds a file by the longest end of the recorded path', async () => {
  expect(await pathOf('example.com/shop/internal/config/config.go')).toBe('internal/config/config.go');
  expect(await pathOf('/build/shop/internal/config/config.go')).toBe('internal/config/config.go');
  expect(await readGoFile(source, 'internal/config/config.go')).toEqual({
    path: 'internal/config/config.go',
    text: 'package config\n',
  });
});

test('never leaves the folder, whatever the profile calls its files', async () => {
  expect(await pathOf('../secret.go')).toBeUndefined();
  expect(await pathOf('internal/../../secret.go')).toBeUndefined();
  expect(await pathOf('..\\secret.go')).toBeUndefined();
  expect(await pathOf('link.go')).toBeUndefined();
  expect(await pathOf(join(folder, 'secret.go'))).toBeUndefined();
});

test('reads Go files of a bearable size and nothing else', async () => {
  expect(await pathOf('notes.txt')).toBeUndefined();
  expect(await pathOf('huge.go')).toBeUndefined();
  expect(await pathOf('internal')).toBeUndefined();
  expect(await pathOf('config\0.go')).toBeUndefined();
  expect(await pathOf('other.go')).toBeUndefined();
});
