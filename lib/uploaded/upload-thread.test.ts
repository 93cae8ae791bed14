import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBlobs } from '@/lib/blobs/open';
import { defaultLimits } from '@/lib/flamegraph/fold';
import { listen } from '@/lib/http/listen';
import { largeBlockProfile } from '@/tests/support/large-profile';
import { createUploadReader } from './local-reader';
import type { UploadReader, UploadSource } from './reader';
import { createUploadThread } from './upload-thread';

const folder = mkdtempSync(join(tmpdir(), 'lockscope-uploaded-'));
const blobs = openBlobs({ dir: join(folder, 'blobs') });
const rules = { wrappers: [], idleFunctions: [], inflatedBytes: 64 * 1_024 * 1_024 };
let thread: UploadReader;

beforeAll(async () => {
  const outfile = join(folder, 'upload.worker.mjs');
  await build({
    entryPoints: [new URL('./upload.worker.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  thread = createUploadThread(pathToFileURL(outfile), { ...rules, blobsDir: join(folder, 'blobs') });
});
afterAll(async () => {
  await thread.close();
  rmSync(folder, { recursive: true });
});

async function keep(filename: string, kind: string, bytes: Uint8Array): Promise<UploadSource['files'][number]> {
  return { blobKey: (await blobs.put('pprof', bytes)).key, filename, kind };
}

const recorded = (kind: string) =>
  keep(
    `${kind}.pb.gz`,
    kind,
    readFileSync(new URL(`../../tests/fixtures/go/ordersvc-go1.23-bad/w3-${kind}.pb.gz`, import.meta.url)),
  );

test('the thread says of two files what this thread says of them, graphs and errors included', async () => {
  const local = createUploadReader({ ...rules, blobs });
  const source = { files: [await recorded('block'), await recorded('mutex')], givenSeconds: 20 };
  const sandwich = { typeId: 'mutex:delay', name: 'main.main', limits: defaultLimits };
  const ask = async (reader: UploadReader) => [
    await reader.read(source),
    await reader.flame(source, { typeId: 'block:delay', invert: true }),
    await reader.sandwich(source, sandwich),
  ];
  expect(await ask(thread)).toEqual(await ask(local));
  await expect(thread.flame(source, { typeId: 'wall:wall' })).rejects.toMatchObject({
    code: 'query.no-type',
    place: 'query type',
  });
  const damaged = { files: [await keep('cut.pb', 'block', Buffer.from('no profile'))], givenSeconds: undefined };
  await expect(thread.read(damaged)).rejects.toMatchObject({ code: 'pprof.not-a-profile', place: 'byte 0' });
});

test('while a file of 60 MB is being opened, this thread answers other requests', async () => {
  const bytes = largeBlockProfile({ distinct: 200, times: 3_000, depth: 26 });
  expect(bytes.length).toBeGreaterThan(50e6);
  const source = { files: [await keep('large.pb.gz', 'block', gzipSync(bytes))], givenSeconds: undefined };
  const server = createServer((_, response) => response.end('page'));
  const address = await listen(server, '127.0.0.1', 0);
  const order: string[] = [];
  const opening = thread.read(source).then((profile) => {
    order.push('opened');
    return profile;
  });
  for (let page = 1; page <= 10; page++) {
    await (await fetch(address)).text();
    order.push(`page ${page}`);
  }
  server.close();
  const { samples, locks } = await opening;
  expect(order).toEqual([...Array.from({ length: 10 }, (_, page) => `page ${page + 1}`), 'opened']);
  expect(samples).toBe(600_000);
  expect(locks.locks.reduce((sum, { lock }) => sum + (lock.contentions ?? 0), 0)).toBe(600_000);
}, 120_000);
