import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '@/lib/http/listen';
import { endStartedServers, runBuiltServer, startBuiltServer } from '@/tests/support/built-server';
import { postgresMissing, startPostgres } from '@/tests/support/postgres';
import { pushProfile } from '@/tests/support/push-profile';

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-server-'));
  data = join(folder, 'data');
});
afterEach(async () => {
  await endStartedServers();
  rmSync(folder, { recursive: true, force: true });
});

/** Every file of the data folder with a hash of its bytes. */
const contents = () =>
  readdirSync(data)
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(data, name)))
          .digest('hex')}`,
    );

test('stores what is pushed, stops on SIGTERM with 0 and finds it again', async () => {
  const first = await startBuiltServer({ LOCKSCOPE_DATA: data });
  expect((await pushProfile(first.url, 'orders-1', Date.now())).status).toBe(200);
  expect(await (await fetch(`${first.url}/readyz`)).text()).toBe('ok\n');
  expect(await first.end('SIGTERM')).toBe(0);

  const second = await startBuiltServer({ LOCKSCOPE_DATA: data });
  expect(await (await fetch(`${second.url}/metrics`)).text()).toMatch(/^lockscope_store_windows 1$/m);
  expect(await second.end('SIGINT')).toBe(0);
});

test('answers what it took in before it stops: a push under way at SIGTERM gets its 200', async () => {
  const server = await startBuiltServer({ LOCKSCOPE_DATA: data });
  const pushes = Array.from({ length: 16 }, (_, number) => pushProfile(server.url, `pod-${number}`, Date.now()));
  await Promise.race(pushes);
  const ended = server.end('SIGTERM');
  const answers = await Promise.allSettled(pushes);
  expect(await ended).toBe(0);
  const ok = answers.filter((one) => one.status === 'fulfilled' && one.value.status === 200).length;
  const again = await startBuiltServer({ LOCKSCOPE_DATA: data });
  const [, windows] = /^lockscope_store_windows (\d+)$/m.exec(await (await fetch(`${again.url}/metrics`)).text()) ?? [];
  expect(Number(windows)).toBeGreaterThanOrEqual(ok);
  expect(ok).toBeGreaterThan(0);
});

test('refuses a folder that another server has, and changes nothing in it', async () => {
  const first = await startBuiltServer({ LOCKSCOPE_DATA: data });
  // The first one goes on with its own upkeep of the samples meanwhile.
  const others = () => contents().filter((line) => !line.startsWith('samples.db'));
  const before = others();
  const { code, output } = await runBuiltServer({ LOCKSCOPE_DATA: data });
  expect([code, output]).toEqual([2, expect.stringContaining(`${data} is in use by another Lockscope server`)]);
  expect(others()).toEqual(before);
  expect((await pushProfile(first.url, 'pod', Date.now())).status).toBe(200);
});

test.each(['samples.db', 'catalog.db'])('refuses a %s of a newer version, and changes nothing', async (name) => {
  // Ended in the moment it says that it listens: that is early, and still an orderly end.
  expect(await (await startBuiltServer({ LOCKSCOPE_DATA: data })).end('SIGTERM')).toBe(0);
  const db = new Database(join(data, name));
  if (name === 'samples.db') db.pragma('user_version = 999');
  else db.exec(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('x', 'y', '9999_future')`);
  db.close();
  const kept = () => contents().filter((line) => !/-(wal|shm|journal) /.test(line));
  const before = kept();
  const { code, output } = await runBuiltServer({ LOCKSCOPE_DATA: data });
  expect([code, output]).toEqual([2, expect.stringMatching(/newer|has schema 999, this Lockscope knows up to 1/)]);
  expect(kept()).toEqual(before);
});

test('says which address it cannot have, and what is missing to listen elsewhere', async () => {
  const taken = createServer();
  const { port } = new URL(await listen(taken, '127.0.0.1', 0));
  const busy = await runBuiltServer({ LOCKSCOPE_DATA: data, LOCKSCOPE_PORT: port });
  expect([busy.code, busy.output]).toEqual([2, expect.stringContaining(`port ${port} on 127.0.0.1 is in use`)]);
  taken.close();

  const open = await runBuiltServer({ LOCKSCOPE_DATA: join(folder, 'other'), LOCKSCOPE_HOST: '0.0.0.0' });
  expect([open.code, open.output]).toEqual([2, expect.stringMatching(/LOCKSCOPE_TOKEN .* and LOCKSCOPE_INGEST_TOKEN/)]);
  expect(readdirSync(folder)).toEqual(['data']);
});

test('the command `serve` runs the same server, flags before variables, and stops the same way', async () => {
  const command = ['dist/cli/lockscope.js', 'serve', '--data', data, '--port', '0'];
  const server = await startBuiltServer({ LOCKSCOPE_DATA: join(folder, 'not this'), LOCKSCOPE_PORT: '1' }, { command });
  expect((await pushProfile(server.url, 'pod', Date.now())).status).toBe(200);
  expect([await server.end('SIGTERM'), readdirSync(folder)]).toEqual([0, ['data']]);
});

test('a request that offers another protocol is answered like any other', async () => {
  const server = await startBuiltServer({ LOCKSCOPE_DATA: data });
  const { port } = new URL(server.url);
  expect((await fetch(`${server.url}/connect`)).status).toBe(200);
  const ask = async (line: string, protocol: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    const offer = `Connection: Upgrade\r\nUpgrade: ${protocol}\r\nContent-Length: 0`;
    socket.write(`${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${offer}\r\n\r\n`);
    const [head] = await once(socket, 'data');
    socket.destroy();
    return String(head).split('\r\n')[0];
  };
  expect(await ask('POST /ingest?name=app', 'h2c')).toBe('HTTP/1.1 422 Unprocessable Entity');
  expect(await ask('GET /_next/hmr', 'websocket')).toBe('HTTP/1.1 404 Not Found');
  expect(await ask('GET /connect', 'websocket')).toBe('HTTP/1.1 200 OK');
});

test('names a wrong setting with its path', async () => {
  mkdirSync(data);
  const { code, output } = await runBuiltServer({ LOCKSCOPE_DATA: data, LOCKSCOPE_TOKEN: 'short' });
  expect([code, output]).toEqual([2, 'LOCKSCOPE_TOKEN: needs at least 8 characters\n']);
});

test('on all addresses each token opens its half, and the password of the basic form does too', async () => {
  const server = await startBuiltServer({
    LOCKSCOPE_DATA: data,
    LOCKSCOPE_HOST: '0.0.0.0',
    LOCKSCOPE_TOKEN: 'page-token',
    LOCKSCOPE_INGEST_TOKEN: 'push-token',
  });
  const status = async (path: string, authorization?: string) =>
    (await fetch(server.url + path, authorization === undefined ? {} : { headers: { Authorization: authorization } }))
      .status;
  const basic = `Basic ${Buffer.from('agent:push-token').toString('base64')}`;
  expect((await pushProfile(server.url, 'pod', Date.now())).status).toBe(401);
  // GET on an ingest route that lets the caller in is "only POST".
  expect([await status('/ingest', basic), await status('/ingest', 'Bearer push-token')]).toEqual([405, 405]);
  expect([await status('/metrics', basic), await status('/metrics', 'Bearer page-token')]).toEqual([401, 200]);
  expect([await status('/api/v1/upload'), await status('/api/v1/services')]).toEqual([401, 401]);
  expect(await status('/healthz')).toBe(200);
});

test.skipIf(postgresMissing !== undefined)('keeps its catalogue in PostgreSQL when told to', async () => {
  const cluster = startPostgres();
  try {
    const server = await startBuiltServer({
      LOCKSCOPE_DATA: data,
      LOCKSCOPE_CATALOG_URL: cluster.createDatabase('lockscope'),
    });
    expect((await pushProfile(server.url, 'pod', Date.now())).status).toBe(200);
    expect(await (await fetch(`${server.url}/api/v1/services`)).json()).toMatchObject({
      services: [{ service: 'crash' }],
    });
    expect([await server.end('SIGTERM'), readdirSync(data).includes('catalog.db')]).toEqual([0, false]);
  } finally {
    await endStartedServers();
    cluster.stop();
  }
});

test('profiles itself when asked', async () => {
  const server = await startBuiltServer({ LOCKSCOPE_DATA: data, LOCKSCOPE_SELF_PROFILE: '1' });
  const stored = async () =>
    /^lockscope_ingest_profiles_total [1-9]/m.test(await (await fetch(`${server.url}/metrics`)).text());
  await expect.poll(stored, { timeout: 40_000, interval: 1_000 }).toBe(true);
  expect(await server.end('SIGTERM')).toBe(0);
});
