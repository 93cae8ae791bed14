import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { encodeProfile } from '@/lib/pprof/encode';
import { buildProfile } from '@/lib/profile/build';
import { unixMs } from '@/lib/units';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';
import { recordedAtMs, recordedRequest } from '@/tests/support/recorded-request';

let server: IngestServer;
afterEach(() => server.close());

const multipart = (parts: Readonly<Record<string, Uint8Array | string>>): Buffer =>
  Buffer.concat([
    ...Object.entries(parts).flatMap(([name, content]) => [
      Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
const form = { 'content-type': 'multipart/form-data; boundary=b' };
const block = readFileSync(new URL('../tests/fixtures/go/edge-shapes-go1.26/w2-block.pb.gz', import.meta.url));
const ingestPath = (query: Readonly<Record<string, string>>) =>
  `/ingest?${new URLSearchParams({ name: 'app', from: String(recordedAtMs - 10_000), until: String(recordedAtMs), ...query })}`;

test.each([
  ['trie', 'carries no pprof'],
  ['tree', 'carries no pprof'],
  ['lines', 'carries no pprof'],
  ['jfr', 'carries no pprof'],
  ['speedscope', 'carries no pprof'],
  ['folded', 'is unknown'],
])('format %s: 422 with the reason, in a JSON of code and message', async (format, reason) => {
  server = await startIngestServer();
  const { status, text, headers } = await server.post(ingestPath({ format }), 'a;b 1\n');
  expect([status, headers.get('content-type')]).toEqual([422, 'application/json']);
  expect(JSON.parse(text)).toEqual({
    code: 'ingest.format',
    message: expect.stringContaining(`format ${format} ${reason}`),
  });
});

test('a body of stack lines without a format is "groups", as with Pyroscope; trie and tree by content type', async () => {
  server = await startIngestServer();
  expect(JSON.parse((await server.post(ingestPath({}), 'a;b;c 12\n')).text).message).toContain('format groups');
  const typed = await server.post(ingestPath({}), 'x', { 'content-type': 'binary/octet-stream+trie' });
  expect(JSON.parse(typed.text).message).toContain('format trie');
});

test('an empty body and a window without length are called that, whatever the format would be', async () => {
  server = await startIngestServer();
  expect(JSON.parse((await server.post(ingestPath({}), '')).text)).toMatchObject({ code: 'ingest.empty' });
  const reversed = await server.post(
    ingestPath({ until: String(recordedAtMs - 20_000) }),
    multipart({ profile: block }),
    {
      'content-type': 'Multipart/Form-Data; boundary=b',
    },
  );
  expect([reversed.status, JSON.parse(reversed.text)]).toEqual([
    422,
    { code: 'ingest.window', message: expect.stringContaining('until is not after from') },
  ]);
});

test('a client that sends cumulative profiles is told to be updated', async () => {
  server = await startIngestServer();
  const old = await server.post(ingestPath({}), multipart({ profile: block, prev_profile: block }), form);
  expect(old.status).toBe(422);
  expect(JSON.parse(old.text)).toMatchObject({
    code: 'ingest.client-version',
    message: expect.stringContaining('unsupported client version'),
  });
  const config = JSON.stringify({
    delay: { units: 'lock_nanoseconds', 'display-name': 'block_duration', cumulative: true },
  });
  const cumulative = await server.post(ingestPath({}), multipart({ profile: block, sample_type_config: config }), form);
  expect(JSON.parse(cumulative.text)).toMatchObject({ code: 'ingest.client-version' });
});

test.each([
  [{ name: '' }, 400, 'ingest.metadata'],
  [{ name: 'a b' }, 400, 'ingest.metadata'],
  [{ name: 'app{k=v' }, 400, 'ingest.metadata'],
  [{ name: 'app{k}' }, 400, 'ingest.metadata'],
  [{ from: 'yesterday' }, 400, 'ingest.metadata'],
  [{ until: '17' }, 400, 'ingest.metadata'],
  [{ name: 'app{version=1,version=2}' }, 422, 'ingest.labels'],
  [{ name: `app{k=${'v'.repeat(2_049)}}` }, 422, 'ingest.labels'],
  [{ name: `app{${'k'.repeat(1_025)}=v}` }, 422, 'ingest.labels'],
  [{ name: `app{${Array.from({ length: 31 }, (_, i) => `k${i}=v`).join(',')}}` }, 422, 'ingest.labels'],
  [{ from: String(recordedAtMs - 4 * 86_400_000), until: String(recordedAtMs) }, 422, 'ingest.too-old'],
  [{ from: String(recordedAtMs), until: String(recordedAtMs + 700_000) }, 422, 'ingest.too-new'],
  [{ from: String(recordedAtMs), until: String(recordedAtMs) }, 422, 'ingest.window'],
  [{ from: '9999999999', until: '9999999999999' }, 422, 'ingest.too-new'],
])('query %j: %i %s', async (query, status, code) => {
  server = await startIngestServer();
  const answer = await server.post(ingestPath(query as Record<string, string>), multipart({ profile: block }), form);
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
  expect(await server.windows()).toEqual([]);
  expect(server.ingest.metrics()).toMatchObject({ [`refused:${code}`]: 1, profiles: 0 });
});

test.each([
  ['no part profile', multipart({ other: block }), 400, 'ingest.multipart'],
  ['a form cut in the middle', multipart({ profile: block }).subarray(0, 900), 400, 'ingest.multipart'],
  ['an empty profile part', multipart({ profile: '' }), 422, 'pprof.empty'],
  ['text in the profile part', multipart({ profile: '<html>not found</html>' }), 422, 'pprof.not-a-profile'],
  [
    'a broken sample_type_config',
    multipart({ profile: block, sample_type_config: '{' }),
    422,
    'pprof.sample-type-config',
  ],
  ['nothing at all', Buffer.alloc(0), 422, 'ingest.empty'],
])('a form with %s is refused', async (_what, body, status, code) => {
  server = await startIngestServer();
  const answer = await server.post(ingestPath({}), body, form);
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
});

test('a valid profile without samples is data: nothing waited', async () => {
  server = await startIngestServer();
  const empty = readFileSync(new URL('../tests/fixtures/go/edge-shapes-go1.26/w0-block.pb.gz', import.meta.url));
  const config = JSON.stringify({ delay: { 'display-name': 'block_duration' } });
  const answer = await server.post(ingestPath({}), multipart({ profile: empty, sample_type_config: config }), form);
  expect(answer.status).toBe(200);
  expect((await server.windows()).map(({ stacks }) => stacks.length)).toEqual([0]);
  const untold = await server.post(ingestPath({}), multipart({ profile: empty }), form);
  expect([untold.status, JSON.parse(untold.text).code]).toEqual([422, 'ingest.kind']);
});

test('hostile names are stored as the text they are', async () => {
  server = await startIngestServer();
  const hostile = '<script>alert(1)</script>"\'\u0000\u202e😀`{x}`\\';
  const stored = await server.post(ingestPath({ name: `app{pod=${hostile}}` }), multipart({ profile: block }), form);
  expect(stored.status).toBe(200);
  expect((await server.windows())[0]?.series.labels).toEqual([
    ['pod', hostile],
    ['service_name', 'app'],
  ]);
});

test('hostile function and file names come out of the store as they went in', async () => {
  server = await startIngestServer();
  const names = [
    '<img src=x onerror=alert(1)>',
    'a\u0000b\nc',
    '../../etc/passwd',
    '日本.😀(*T)',
    'x'.repeat(60_000),
    '__proto__',
  ];
  const rows = names.map((name) => ({
    frames: [
      { function: 'sync.(*Mutex).Lock', file: 'sync/mutex.go', line: 46, startLine: 0 },
      { function: name, file: `${name.slice(0, 50)}.go`, line: 1, startLine: 0 },
    ],
    values: [1, 10],
  }));
  const sampleTypes = [
    { type: 'contentions', unit: 'count' },
    { type: 'delay', unit: 'nanoseconds' },
  ];
  const answer = await server.post(ingestPath({ format: 'pprof' }), encodeProfile(buildProfile({ sampleTypes }, rows)));
  expect([answer.status, answer.text]).toEqual([200, '']);
  const range = { from: unixMs(0), to: unixMs(4e12) };
  const { profile } = await server.store.merged({ type: { name: 'block' }, matchers: [], ...range });
  expect(profile.strings).toEqual(expect.arrayContaining(names));
});

test('only POST, and only the known paths', async () => {
  server = await startIngestServer();
  const response = await fetch(`${server.url}/ingest`);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  for (const path of ['/ingest?x=1', '/pyroscope/ingest', '/push.v1.PusherService/Push', '/api/v1/upload']) {
    expect(server.ingest.handles(path), path).toBe(true);
  }
  const slash = await server.post(`/ingest/?${new URLSearchParams({ name: 'a', format: 'trie' })}`, 'x');
  expect([slash.status, JSON.parse(slash.text).code]).toEqual([422, 'ingest.format']);
  for (const path of ['/', '/ingest/x', '/api/v1/services']) expect(server.ingest.handles(path), path).toBe(false);
});

test('Push answers in the words of Connect, upload with a problem document', async () => {
  server = await startIngestServer();
  const path = '/push.v1.PusherService/Push';
  const garbage = await server.post(path, Buffer.from([0xff, 0xff, 0xff]), { 'content-type': 'application/proto' });
  expect([garbage.status, JSON.parse(garbage.text).code]).toEqual([400, 'invalid_argument']);
  const json = await server.post(path, '{"series": 5}', { 'content-type': 'application/json' });
  expect(JSON.parse(json.text)).toEqual({ code: 'invalid_argument', message: expect.stringContaining('series') });
  const type = await server.post(path, 'x', { 'content-type': 'application/grpc' });
  expect([type.status, type.headers.get('accept-post')]).toEqual([415, 'application/proto, application/json']);
  expect(JSON.parse(type.text)).toMatchObject({
    code: 'invalid_argument',
    message: expect.stringContaining('application/proto'),
  });
  const coding = await server.post(path, 'x', { 'content-type': 'application/proto', 'content-encoding': 'br' });
  expect([coding.status, JSON.parse(coding.text).code]).toEqual([501, 'unimplemented']);
  const get = await fetch(server.url + path);
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  const upper = await server.post(path, '{}', { 'content-type': 'Application/JSON; charset=utf-8' });
  expect([upper.status, upper.text]).toEqual([200, '{}']);
  const other = await server.post('/push.v1.PusherService/Other', '{}', { 'content-type': 'application/json' });
  expect([other.status, JSON.parse(other.text)]).toEqual([
    501,
    { code: 'unimplemented', message: '/push.v1.PusherService/Other: no such call; Push is the only one' },
  ]);
  const upload = await server.post('/api/v1/upload', 'x');
  expect([upload.status, upload.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
  expect(JSON.parse(upload.text)).toEqual({
    type: 'about:blank',
    title: 'Not a profile that can be stored',
    status: 422,
    code: 'pprof.not-a-profile',
    detail: expect.stringContaining('byte 0'),
  });
});

test('100 MB are refused at once, by their declared length', async () => {
  server = await startIngestServer();
  const answer = await server.post(ingestPath({ format: 'pprof' }), Buffer.alloc(100 * 2 ** 20));
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([413, 'ingest.too-large']);
  expect(server.ingest.metrics().in_flight_bytes).toBe(0);
});

test('a client that goes on sending a body that is too large is not cut off under its hands', async () => {
  server = await startIngestServer();
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  const answered = once(socket, 'data');
  socket.write(`POST ${ingestPath({})} HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n`);
  for (let sent = 0; sent < 30; sent++) {
    socket.write(Buffer.alloc(100_000));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect([failure, socket.readyState]).toEqual([undefined, 'open']);
  expect(String(await answered)).toMatch(/^HTTP\/1.1 413 .*"code":"ingest.too-large"/s);
  socket.destroy();
});

/** Sends chunks without a declared length; resolves with the status of the answer. */
function sendChunks(path: string, chunks: number, chunk: Buffer, end: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(server.url + path, { method: 'POST' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    for (let i = 0; i < chunks; i++) request.write(chunk);
    if (end) request.end();
  });
}

test('a body without declared length is cut off at the limit', async () => {
  server = await startIngestServer({ config: 'limits: { pprof: 100kB }' });
  expect(await sendChunks(ingestPath({ format: 'pprof' }), 4, Buffer.alloc(60_000), true)).toBe(413);
});

test('a body that does not come to its end is 408', async () => {
  server = await startIngestServer({ config: 'limits: { body_timeout: 1s }' });
  expect(await sendChunks(ingestPath({ format: 'pprof' }), 1, Buffer.alloc(10), false)).toBe(408);
});

test('a gzip bomb stops at the inflated limit, inside the profile and around the request', async () => {
  server = await startIngestServer({ config: 'limits: { inflated: 1MB }' });
  const bomb = gzipSync(Buffer.alloc(50 * 2 ** 20));
  expect(bomb.length).toBeLessThan(100_000);
  const inside = await server.post(ingestPath({ format: 'pprof' }), bomb);
  expect([inside.status, JSON.parse(inside.text).code]).toEqual([413, 'pprof.too-large']);
  const around = await server.post('/push.v1.PusherService/Push', bomb, {
    'content-type': 'application/proto',
    'content-encoding': 'gzip',
  });
  expect([around.status, JSON.parse(around.text).code]).toEqual([400, 'invalid_argument']);
  const unknown = await server.post(ingestPath({ format: 'pprof' }), bomb, { 'content-encoding': 'br' });
  expect(unknown.status).toBe(415);
});

test('above the memory for requests new ones are shed with 429, told when to return, and counted', async () => {
  server = await startIngestServer({ config: 'limits: { in_flight: 1MB }' });
  const held = httpRequest(`${server.url}${ingestPath({ format: 'pprof' })}`, {
    method: 'POST',
    headers: { 'content-length': 1_030_000 },
  });
  held.on('error', () => {});
  held.write('x');
  await expect.poll(() => server.ingest.metrics().in_flight_bytes).toBeGreaterThan(1_000_000);
  const shed = await server.post(ingestPath({ format: 'pprof' }), block);
  expect([shed.status, shed.headers.get('retry-after'), JSON.parse(shed.text).code]).toEqual([429, '2', 'ingest.shed']);
  const alloy = await server.post('/push.v1.PusherService/Push', block, { 'content-type': 'application/proto' });
  expect([alloy.status, JSON.parse(alloy.text).code]).toEqual([429, 'resource_exhausted']);
  expect(server.ingest.metrics()).toMatchObject({ 'refused:ingest.shed': 2 });
  held.destroy();
  await expect.poll(() => server.ingest.metrics().in_flight_bytes).toBe(0);
  expect((await server.post(ingestPath({}), multipart({ profile: block }), form)).status).toBe(200);
});

test('above the rate bodies are refused with 429, averaged over ten seconds', async () => {
  server = await startIngestServer({ config: 'limits: { rate: 1kB }' });
  const statuses: number[] = [];
  for (let i = 0; i < 8; i++)
    statuses.push((await server.post(ingestPath({ name: `app${i}` }), multipart({ profile: block }), form)).status);
  expect(new Set(statuses.slice(0, 3))).toEqual(new Set([200]));
  expect(statuses.at(-1)).toBe(429);
});

test('bodies of every kind of a recorded client are still taken after all of that', async () => {
  server = await startIngestServer();
  for (let i = 0; i < 50; i++) await server.post(ingestPath({ format: 'pprof' }), Buffer.from([0x1f, 0x8b, i]));
  const { url, headers, body } = recordedRequest('go-heap');
  const answer = await server.post(url.pathname + url.search, body, { 'content-type': headers['content-type'] ?? '' });
  expect(answer.status).toBe(200);
});
