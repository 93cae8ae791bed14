import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileBlobs } from '@/lib/blobs/files';
import { openBlobs } from '@/lib/blobs/open';
import type { BlobStore } from '@/lib/blobs/port';
import { unixMs } from '@/lib/units';

let folder: string;
let blobs: BlobStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-blobs-'));
  blobs = createFileBlobs(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (value: string) => new TextEncoder().encode(value);
const sha256 = (value: string) => createHash('sha256').update(value).digest('hex');
async function* pieces(...parts: string[]) {
  for (const part of parts) yield text(part);
}

test('a file in place of the folder is noticed when it is opened', () => {
  writeFileSync(join(folder, 'blobs'), '');
  expect(() => openBlobs({ dir: join(folder, 'blobs') })).toThrow(/blobs is a file, .*: move it away/);
  expect(() => openBlobs({ dir: join(folder, 'none') })).not.toThrow();
});

test('names a blob by its content, whether it comes whole or in pieces, and keeps it once', async () => {
  const whole = await blobs.put('pprof', text('abc'));
  expect(whole).toEqual({ key: `pprof/${sha256('abc')}`, sha256: sha256('abc'), sizeBytes: 3, created: true });
  expect(await blobs.put('pprof', pieces('a', '', 'bc'))).toEqual({ ...whole, created: false });
  expect(readdirSync(join(folder, 'pprof'))).toEqual([sha256('abc')]);
});

test('gives back the bytes, also in pieces; nothing for an unknown key', async () => {
  const { key } = await blobs.put('pprof', pieces('x'.repeat(100_000), 'y'));
  expect(Buffer.from((await blobs.get(key)) ?? []).toString()).toBe(`${'x'.repeat(100_000)}y`);
  let size = 0;
  for await (const piece of blobs.stream(key)) size += piece.length;
  expect(size).toBe(100_001);
  const unknown = `pprof/${sha256('other')}`;
  expect(await blobs.get(unknown)).toBeUndefined();
  await expect(blobs.stream(unknown)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'blobs.missing' });
});

test('reads any part of a blob, less at its end, nothing beyond', async () => {
  const { key } = await blobs.put('trace', text('0123456789'));
  const file = blobs.open(key);
  const part = (offset: number, length: number) => Buffer.from(file.read(offset, length)).toString();
  expect([file.size, part(0, 3), part(7, 9), part(10, 4), part(20, 4)]).toEqual([10, '012', '789', '', '']);
  expect(file.read(8, 2 ** 40).buffer.byteLength).toBe(2);
  file.close();
  expect(() => blobs.open(`trace/${sha256('other')}`)).toThrow(expect.objectContaining({ code: 'blobs.missing' }));
});

test('stops at the size limit and keeps nothing', async () => {
  await expect(blobs.put('pprof', pieces('abc', 'def'), { maxBytes: 5 })).rejects.toMatchObject({
    code: 'blobs.too-large',
  });
  expect(readdirSync(join(folder, 'pprof'))).toEqual([]);
  expect((await blobs.put('pprof', text('abcde'), { maxBytes: 5 })).sizeBytes).toBe(5);
});

test('keeps nothing of a stream that fails', async () => {
  async function* failing() {
    yield text('abc');
    throw new Error('connection reset');
  }
  await expect(blobs.put('pprof', failing())).rejects.toThrow('connection reset');
  expect(readdirSync(join(folder, 'pprof'))).toEqual([]);
});

test('lists by key without unfinished files, and deletes', async () => {
  const keys = (await Promise.all(['1', '2', '3'].map((value) => blobs.put('trace', text(value))))).map(
    (blob) => blob.key,
  );
  writeFileSync(join(folder, 'trace', '.part-left-by-a-crash'), 'half');
  expect((await blobs.list('trace')).map((entry) => entry.key)).toEqual(keys.toSorted());
  const [first = ''] = keys;
  expect([await blobs.delete(first), await blobs.delete(first), await blobs.has(first)]).toEqual([true, false, false]);
  expect(await blobs.list('none-yet')).toEqual([]);
});

test('removes what a crash left of unfinished blobs, and nothing that is still being written', async () => {
  await blobs.put('trace', text('whole'));
  for (const [name, at] of [
    ['.part-old', 1_000],
    ['.part-new', 3_000],
  ] as const) {
    writeFileSync(join(folder, 'trace', name), 'half');
    utimesSync(join(folder, 'trace', name), at, at);
  }
  expect(await blobs.removeUnfinished('trace', unixMs(2_000_000))).toBe(1);
  expect(readdirSync(join(folder, 'trace')).toSorted()).toEqual(['.part-new', sha256('whole')]);
  expect(await blobs.removeUnfinished('none-yet', unixMs(2_000_000))).toBe(0);
});

test('refuses keys and kinds that would leave the folder', async () => {
  for (const key of ['../catalog.db', 'pprof/../../etc/passwd', `pprof/${sha256('a')}/x`, '', 'pprof']) {
    await expect(blobs.get(key)).rejects.toMatchObject({ code: 'blobs.key' });
    await expect(blobs.delete(key)).rejects.toMatchObject({ code: 'blobs.key' });
  }
  await expect(blobs.put('../up', text('a'))).rejects.toMatchObject({ code: 'blobs.kind' });
});
