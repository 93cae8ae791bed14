import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { unixMs } from '@/lib/units';
import { batchOf, hour, hour0, selectionOf } from '@/tests/conformance/batches';
import { openSampleStore } from '../open';

test('what is written is found again after closing and opening, before and after a roll-up', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lockscope-store-'));
  try {
    const options = { dir, reserveBytes: 0 };
    let store = await openSampleStore(options);
    const windows = Array.from({ length: 720 }, (_, index) => ({
      start: hour0 + index * 10_000,
      rows: { 'cache.Get<api.handle': [index, index * 1_000] as const, 'cache.Put<api.handle': [1, 7] as const },
    }));
    expect(await store.write(batchOf(...windows))).toEqual({ stored: 720, duplicates: 0, rejected: [] });
    const ask = async () => [
      await store.merged(selectionOf()),
      await store.hotspots(selectionOf(), { level: 'lock', by: 'value', limit: 5 }),
      await store.series(selectionOf(), { groupBy: ['pod'], stepMs: 60_000, perSite: true }),
    ];
    const before = await ask();
    await store.close();
    store = await openSampleStore(options);
    expect(await ask()).toEqual(before);
    expect(await store.rollUp(unixMs(hour0 + 4 * hour))).toEqual({ buckets: 8 });
    expect(await ask()).toEqual(before);
    await store.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('while another program holds the file, writes are refused as busy, and go on afterwards', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lockscope-store-'));
  const store = await openSampleStore({ dir, reserveBytes: 0 });
  const other = new Database(join(dir, 'samples.db'));
  try {
    other.exec('begin immediate');
    const batch = batchOf({ start: hour0, rows: { 'cache.Get': [1, 1] } });
    const answers = await Promise.allSettled([store.write(batch), store.write(batch)]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'store.busy' } });
    other.exec('rollback');
    expect(await store.write(batch)).toEqual({ stored: 1, duplicates: 0, rejected: [] });
  } finally {
    other.close();
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
