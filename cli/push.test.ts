import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';
import { run } from './push';

const fixtures = new URL('../tests/fixtures/go/', import.meta.url).pathname;
let server: IngestServer;
beforeAll(async () => {
  server = await startIngestServer();
});
afterAll(() => server.close());

async function push(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    stdout: (text: string) => void out.push(text),
    stderr: (text: string) => void err.push(text),
    env: { LOCKSCOPE_URL: server.url },
    colour: false,
    now: () => 0,
  };
  const code = await run(args, io);
  return { code, out: out.join(''), err: err.join('') };
}

test('a cumulative profile is kept and can be opened; the command says why it joins no history', async () => {
  const file = `${fixtures}ordersvc-go1.23-bad/w1-block.pb.gz`;
  const { code, out } = await push(file, '--service', 'orders', '--build', '1.41');
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^${file}: block, 21.samples: ${server.url}/uploads/[0-9a-f]{16}\\n`));
  expect(out).toContain('a block profile without a duration is cumulative since process start');
  expect(server.uploads).toMatchObject([
    { kind: 'block', service: 'orders', build: '1.41', hasWindow: false, filename: 'w1-block.pb.gz' },
  ]);
});

test('a folder stands for its files in natural order; unusable ones are counted with their reason', async () => {
  const { code, out, err } = await push(`${fixtures}edge-encodings-go1.26`, '--json');
  expect(code).toBe(0);
  const document = JSON.parse(out);
  expect(document.schema).toBe('lockscope/push/v1');
  expect(document.uploads.map(({ file }: { file: string }) => file.slice(file.lastIndexOf('/') + 1))).toEqual([
    'block-no-samples.pb.gz',
    'block-no-time.pb.gz',
    'block-uncompressed.pb',
  ]);
  expect(document.left_out.files.map(({ reason }: { reason: string }) => reason)).toHaveLength(5);
  expect(err.split('\n').filter((line) => line !== '')).toHaveLength(5);
});

test('an execution trace is sent as it is read, and the printed address is its page', async () => {
  const traces = `${fixtures}../gotrace/traces/`;
  const { code, out, err } = await push(
    `${traces}locks-go1.26.trace`,
    `${traces}locks-go1.21.trace`,
    '--service',
    'shop',
  );
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(new RegExp(`^${traces}locks-go1.26.trace: trace: ${server.url}/traces/[0-9a-f]{16}\n$`)),
  ]);
  expect(err).toContain('locks-go1.21.trace: not taken: recorded by Go 1.21 or older');
  expect(server.captures).toMatchObject([{ filename: 'locks-go1.26.trace', service: 'shop', source: 'push' }]);
  expect(JSON.parse((await push(`${traces}locks-go1.26.trace`, '--json')).out).uploads).toMatchObject([
    { kind: 'trace', samples: null, windows: 0 },
  ]);
});

test('nothing usable is exit code 3, no server at all is an error of its own', async () => {
  expect((await push(`${fixtures}edge-encodings-go1.26/block-zero-bytes.pb.gz`)).code).toBe(3);
  await expect(push(`${fixtures}README.md`, '--server', 'http://127.0.0.1:1')).rejects.toMatchObject({
    code: 'remote.unreachable',
  });
  await expect(push()).rejects.toMatchObject({ code: 'cli.usage' });
  const file = `${fixtures}http-go1.26/block-seconds4.pb.gz`;
  for (const wrong of [
    ['--window', 'abc'],
    ['--window', '0'],
    ['--label', 'broken'],
  ]) {
    await expect(push(file, ...wrong)).rejects.toMatchObject({ code: 'cli.usage' });
  }
  await expect(push('no/such/file')).rejects.toMatchObject({
    code: 'input.missing',
    message: 'no/such/file: no such file or folder',
  });
  const empty = await mkdtemp(join(tmpdir(), 'lockscope-push-'));
  expect(await push(empty)).toEqual({ code: 3, out: '', err: `${empty}: not taken: the folder has no files in it\n` });
  await rmdir(empty);
});
