import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unixMs } from '@/lib/units';
import { batchOf, hour, hour0, selectionOf } from '@/tests/conformance/batches';
import { openSampleStore } from '../open';
import { ReadPool } from './pool';

const workerFile = new URL('../../../node_modules/.cache/lockscope/store-read.worker.mjs', import.meta.url);
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'lockscope-pool-'));
  await build({
    entryPoints: [new URL('read.worker.ts', import.meta.url).pathname],
    outfile: workerFile.pathname,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
});
afterAll(() => rmSync(dir, { recursive: true }));

test('read threads answer what this thread answers, profiles, bigints and errors included', async () => {
  const options = { dir: join(dir, 'data'), reserveBytes: 0 };
  const rows = { 'cache.Get<api.handle': [3, 300], 'db.Query<api.handle': [1, 2 ** 60] } as const;
  const ask = async (store: Awaited<ReturnType<typeof openSampleStore>>) => [
    await store.merged(selectionOf()),
    await store.hotspots(selectionOf(), { level: 'lock', by: 'maxRate', limit: 5 }),
    await store.series(selectionOf(), { groupBy: ['pod'], stepMs: 60_000, perSite: true }),
    await store.listSeries(selectionOf(), { limit: 5 }),
  ];
  const local = await openSampleStore(options);
  await local.write(batchOf(...Array.from({ length: 400 }, (_, lane) => ({ start: hour0 + lane * 10_000, rows }))));
  const expected = await ask(local);
  await local.close();

  const store = await openSampleStore({ ...options, workerUrl: workerFile });
  expect(await ask(store)).toEqual(expected);
  expect(await store.rollUp(unixMs(hour0 + 3 * hour))).toEqual({ buckets: 8 });
  expect(await Promise.all(Array.from({ length: 6 }, () => ask(store)))).toEqual(new Array(6).fill(expected));
  const bad = selectionOf({ matchers: [{ name: 'pod', op: '=~', value: '(' }] });
  await expect(store.merged(bad)).rejects.toMatchObject({ code: 'store.matcher', place: 'matcher pod' });
  await store.close();
  await expect(store.merged(selectionOf())).rejects.toMatchObject({ code: 'store.closed' });
});

test('a read that takes too long is ended with its thread, and the next one gets a new thread', async () => {
  const slow = join(dir, 'slow.mjs');
  writeFileSync(
    slow,
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ id, args }) => {
       if (args[0] === 'hang') for (;;);
       if (args[0] === 'crash') throw new Error('out of luck');
       parentPort.postMessage({ id, result: args[0] });
     });`,
  );
  const data = { file: '', cacheBytes: 0 };
  const pool = new ReadPool(pathToFileURL(slow), data, { threads: 1, longestMs: 2_000 });
  // The stand-in worker gives its argument back; a selection's type is all that keeps a text from being passed.
  const ask = (text: string) => pool.call('labelNames', [text as unknown as ReturnType<typeof selectionOf>]);
  const [hung, crashed, answered] = await Promise.allSettled([ask('hang'), ask('crash'), ask('fine')]);
  expect(hung).toMatchObject({ status: 'rejected', reason: { code: 'store.timeout' } });
  expect(crashed).toMatchObject({ status: 'rejected', reason: { message: 'out of luck' } });
  expect(answered).toMatchObject({ status: 'fulfilled', value: 'fine' });
  await pool.close();
});
