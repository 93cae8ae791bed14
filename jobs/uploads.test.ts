import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { uploadsJob } from '@/jobs/uploads';
import { openBlobs } from '@/lib/blobs/open';
import { openCatalog } from '@/lib/catalog/open';
import { unixMs } from '@/lib/units';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-uploads-'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

test('deletes record and file of old uploads and leaves the younger', async () => {
  const catalog = await openCatalog({ dir: folder });
  const blobs = openBlobs({ dir: join(folder, 'blobs') });
  const upload = async (text: string, ageMs: number) => {
    const { key, sha256 } = await blobs.put('pprof', new TextEncoder().encode(text));
    await catalog.addUpload({
      digest: sha256,
      filename: text,
      kind: 'mutex',
      service: undefined,
      build: undefined,
      labels: {},
      sizeBytes: text.length,
      receivedAt: unixMs(Date.now() - ageMs),
      blobKey: key,
      hasWindow: false,
    });
    return key;
  };
  const old = await upload('old', 100_000_000);
  const young = await upload('young', 99_000_000);
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  const job = uploadsJob(catalog, blobs, 99_950_000);
  job.start();
  await vi.advanceTimersByTimeAsync(90_000);
  await job.stop();
  expect([await blobs.has(old), await blobs.has(young)]).toEqual([false, true]);
  expect((await catalog.listUploads({ limit: 9, offset: 0 })).rows.map((row) => row.filename)).toEqual(['young']);
  expect(printed).toHaveBeenCalledWith('uploads: 1 deleted');
  printed.mockRestore();
  await catalog.close();
});
