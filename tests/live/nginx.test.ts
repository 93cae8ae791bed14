import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endStartedServers, startBuiltServer } from '@/tests/support/built-server';
import { type NginxProxy, nginxMissing, startNginx } from '@/tests/support/nginx';
import { message } from '@/tests/support/pprof-message';
import { encodePush } from '@/tests/support/push-request';

const tokens = { LOCKSCOPE_TOKEN: 'page-token', LOCKSCOPE_INGEST_TOKEN: 'push-token' };
const block = gunzipSync(readFileSync('tests/fixtures/go/http-go1.26/block-seconds4.pb.gz'));
const megabyte = 1_000_000;
const folder = mkdtempSync(join(tmpdir(), 'lockscope-nginx-'));
const skipped = nginxMissing !== undefined;
let proxy: NginxProxy;

beforeAll(async () => {
  if (skipped) return console.log(`skipped: no ${nginxMissing}`);
  const config = join(folder, 'lockscope.config.yml');
  writeFileSync(config, 'limits: { pprof: 64MB, inflated: 128MB }\n');
  const server = await startBuiltServer({
    ...tokens,
    LOCKSCOPE_DATA: join(folder, 'data'),
    LOCKSCOPE_CONFIG: config,
    LOCKSCOPE_ALLOWED_HOSTS: 'lockscope.example.com',
  });
  proxy = await startNginx(server.url, join(folder, 'proxy'));
});
afterAll(async () => {
  if (!skipped) await proxy.stop();
  await endStartedServers();
  rmSync(folder, { recursive: true, force: true });
});

/** The recording as if it was made now: in protobuf the last value of a field counts; 9 is `time_nanos`. */
const recordedNow = () => Buffer.concat([block, message(({ varint }) => [varint(9, BigInt(Date.now()) * 1_000_000n)])]);

function push(pod: string): Promise<IncomingMessage> {
  const labels = { __name__: 'block', service_name: 'proxied', instance: pod };
  return proxy.ask('/push.v1.PusherService/Push', {
    method: 'POST',
    headers: {
      Authorization: 'Bearer push-token',
      'Content-Type': 'application/proto',
      'Content-Encoding': 'gzip',
    },
    body: gzipSync(encodePush([{ labels, profiles: [recordedNow()] }])),
  });
}

/** Signs in as a browser does; the cookie. */
async function signIn(): Promise<string> {
  const answer = await proxy.ask('/login', {
    method: 'POST',
    headers: { Origin: proxy.origin, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: Buffer.from('token=page-token&next=%2F'),
  });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
  const [cookie = ''] = answer.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax; .*Secure$/);
  answer.resume();
  return cookie.split(';')[0] ?? '';
}

test.skipIf(skipped)('shows pages to who signed in, and the login page to others (skipped without nginx)', async () => {
  const guest = await proxy.ask('/', { headers: { Accept: 'text/html' } });
  expect([guest.statusCode, guest.headers.location]).toEqual([303, '/login?next=%2F']);
  guest.resume();
  const page = await proxy.ask('/connect', { headers: { Accept: 'text/html', Cookie: await signIn() } });
  expect([page.statusCode, await text(page)]).toEqual([200, expect.stringContaining('</html>')]);
});

test.skipIf(skipped)('lets a page call the server behind a port of its own (skipped without nginx)', async () => {
  const Cookie = await signIn();
  const page = await text(await proxy.ask('/connect', { headers: { Accept: 'text/html', Cookie } }));
  const actions = new Set([...page.matchAll(/\\"id\\":\\"([0-9a-f]{42})\\"/g)].map((match) => match[1] ?? ''));
  // The palette's is the one that takes a service; the others answer 500 to these arguments, as all do to a foreign Host.
  const statuses = [];
  for (const action of actions) {
    const answer = await proxy.ask('/connect', {
      method: 'POST',
      headers: { Cookie, Origin: proxy.origin, 'Next-Action': action, 'Content-Type': 'text/plain;charset=UTF-8' },
      body: Buffer.from('["orders"]'),
    });
    statuses.push(answer.statusCode);
    answer.resume();
  }
  expect(statuses).toContain(200);
});

test.skipIf(skipped)('refuses a foreign Host and a foreign Origin (skipped without nginx)', async () => {
  for (const [header, value] of [
    ['Host', 'evil.example.net'],
    ['Origin', 'https://evil.example.net'],
  ] as const) {
    const refused = await proxy.ask('/api/v1/services', {
      headers: { Authorization: 'Bearer page-token', [header]: value },
    });
    expect([refused.statusCode, await text(refused)]).toEqual([403, expect.stringContaining('evil.example.net')]);
  }
});

test.skipIf(skipped)(
  'takes a push compressed with gzip, with the ingest token only (skipped without nginx)',
  async () => {
    const stored = await push('pod-1');
    expect([stored.statusCode, await text(stored)]).toEqual([200, '']);
    const unknown = await proxy.ask('/ingest', { method: 'POST', headers: { Authorization: 'Bearer page-token' } });
    expect([unknown.statusCode, await text(unknown)]).toEqual([401, expect.stringContaining('unauthenticated')]);
  },
);

test.skipIf(skipped)('takes an upload of 50 MB and refuses one of 70 MB (skipped without nginx)', async () => {
  // Field 100 is none of pprof's: readers skip it.
  const padded = (bytes: number) => {
    const head = message(({ bytes: field }) => [field(100, [])]).slice(0, -1);
    const size = message(({ varint }) => [varint(0, bytes)]).slice(1);
    return Buffer.concat([recordedNow(), head, size, Buffer.alloc(bytes)]);
  };
  const upload = (body: Uint8Array) =>
    proxy.ask('/api/v1/upload?name=block.pb.gz&service=large&kind=block', {
      method: 'POST',
      headers: { Authorization: 'Bearer page-token', Origin: proxy.origin, 'Content-Type': 'application/octet-stream' },
      body,
    });
  const taken = await upload(padded(50 * megabyte));
  expect([taken.statusCode, await text(taken)]).toEqual([201, expect.stringMatching(/"windows":1\b/)]);
  const refused = await upload(padded(70 * megabyte));
  expect(refused.statusCode).toBe(413);
  refused.resume();
});

test.skipIf(skipped)('hands an execution trace of 100 MB on (skipped without nginx)', async () => {
  const header = readFileSync('tests/fixtures/gotrace/traces/locks-go1.26.trace').subarray(0, 16);
  const answer = await proxy.ask('/api/v1/upload?name=large.trace', {
    method: 'POST',
    headers: { Authorization: 'Bearer page-token', 'Content-Type': 'application/octet-stream' },
    body: Buffer.concat([header, Buffer.alloc(100 * megabyte)]),
  });
  expect([answer.statusCode, await text(answer)]).toEqual([201, expect.stringContaining('"kind":"trace"')]);
});

test.skipIf(skipped)('hands live updates on at once (skipped without nginx)', async () => {
  const events = await proxy.ask('/api/v1/events', { headers: { Cookie: await signIn() } });
  expect([events.statusCode, events.headers['content-type']]).toEqual([200, 'text/event-stream']);
  let heard = '';
  events.setEncoding('utf8').on('data', (part: string) => (heard += part));
  await expect.poll(() => heard, { timeout: 5_000 }).toContain('event: newest');
  const before = heard.length;
  (await push('pod-2')).resume();
  // One a second is sent at most; anything that a proxy holds back comes with the next 25 s heartbeat.
  await expect.poll(() => heard.slice(before), { timeout: 5_000 }).toContain('"service":"proxied"');
  events.destroy();
});
