import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfigFile } from '@/lib/config-file';
import { unixMs } from '@/lib/units';
import { recordedAtMs, recordedRequest } from '@/tests/support/recorded-request';
import { createWorkerDecoder } from './decode-pool';
import { createLocalDecoder, type Decoder } from './decoder';
import type { ReadJob } from './profile-reader';
import { readIngest } from './wire/pyroscope';

const config = parseConfigFile('', 'test');
const folder = mkdtempSync(join(tmpdir(), 'decode-pool-'));
let decoder: Decoder;

beforeAll(async () => {
  const outfile = join(folder, 'decode.worker.mjs');
  await build({
    entryPoints: [new URL('./decode.worker.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // zod is the only package the worker loads; it is bundled, since the folder has no node_modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  decoder = createWorkerDecoder(config, pathToFileURL(outfile));
});
afterAll(async () => {
  await decoder.close();
  rmSync(folder, { recursive: true });
});

function job(name: string): ReadJob {
  const { url, headers, body } = recordedRequest(name);
  const now = unixMs(recordedAtMs);
  return { ...readIngest(url.searchParams, headers['content-type'] ?? '', body, now), now };
}

test('the worker reads a profile as the main thread does, again and again', async () => {
  for (const name of ['go-block', 'go-heap', 'node-wall']) {
    expect(await decoder.read(job(name))).toEqual(await createLocalDecoder(config).read(job(name)));
  }
});

test('definitions come once, and again after they were forgotten', async () => {
  await decoder.read(job('go-mutex'));
  expect((await decoder.read(job('go-mutex'))).stacks).toEqual([]);
  decoder.forgetDefinitions();
  expect((await decoder.read(job('go-mutex'))).stacks.length).toBeGreaterThan(0);
});

test('an upload is only looked at', async () => {
  expect(await decoder.inspect(job('go-mutex'))).toEqual({ kind: 'mutex', samples: 5 });
});

test('an error keeps its code and its place', async () => {
  const cut = gzipSync(Buffer.from('no profile at all'));
  await expect(decoder.read({ ...job('go-block'), bytes: cut })).rejects.toMatchObject({
    code: 'pprof.not-a-profile',
    place: 'byte 0',
  });
});

test('the body that was handed in stays readable', async () => {
  const before = job('go-cpu');
  const copy = Buffer.from(before.bytes);
  await decoder.read(before);
  expect(Buffer.from(before.bytes)).toEqual(copy);
});
