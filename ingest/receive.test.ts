import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { profileTypeId } from '@/lib/profile/profile-type';
import { unixMs } from '@/lib/units';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';
import { encodePush } from '@/tests/support/push-request';
import { recordedAtMs, recordedRequest } from '@/tests/support/recorded-request';

let server: IngestServer;
afterEach(() => server.close());

/** A moment after the windows of http-go1.26. */
const scrapedAtMs = Date.parse('2026-11-23T12:40:00Z');

const fixture = (name: string) => readFileSync(new URL(`../tests/fixtures/go/${name}`, import.meta.url));

/** Sends a recorded request, its query changed by `edit`. */
async function send(name: string, edit: (query: URLSearchParams) => void = () => {}) {
  const { url, headers, body } = recordedRequest(name);
  edit(url.searchParams);
  return server.post(url.pathname + url.search, body, { 'content-type': headers['content-type'] ?? '' });
}

/** The gzipped pprof inside a recorded multipart form. */
function pprofOf(name: string): Buffer {
  const { body } = recordedRequest(name);
  const begin = body.indexOf(Buffer.from([0x1f, 0x8b, 0x08]));
  return body.subarray(begin, body.indexOf('\r\n--', begin));
}

const windowTexts = async () =>
  (await server.windows())
    .map(({ series, kind, wallMs, stacks }) => `${profileTypeId(series.type)} ${kind} ${wallMs} ms ${stacks.length}`)
    .sort();

test('every recorded request of pyroscope-go and @pyroscope/nodejs is answered with an empty 200 and stored', async () => {
  server = await startIngestServer();
  const names = ['go-block', 'go-mutex', 'go-cpu', 'go-goroutine', 'go-heap', 'node-wall', 'node-heap'];
  for (const name of names) expect(await send(name), name).toMatchObject({ status: 200, text: '' });
  expect(await windowTexts()).toEqual([
    'block:delay:nanoseconds:contentions:count delta 10000 ms 16',
    'goroutine:goroutine:count:goroutine:count instant 10000 ms 12',
    'memory:alloc_space:bytes:space:bytes delta 10000 ms 5',
    'memory:inuse_space:bytes:space:bytes instant 10000 ms 3',
    'memory:inuse_space:bytes:space:bytes instant 4000 ms 6',
    'mutex:delay:nanoseconds:contentions:count delta 10000 ms 5',
    'process_cpu:cpu:nanoseconds:cpu:nanoseconds delta 20003 ms 28',
    'wall:cpu:nanoseconds:wall:nanoseconds delta 4024 ms 12',
    'wall:wall:nanoseconds:wall:nanoseconds delta 4024 ms 11',
  ]);
});

test('a series is what its labels say without what changes at every start of a process', async () => {
  server = await startIngestServer();
  await send('go-block');
  await send('node-wall');
  const labels = (await server.windows()).map(({ series }) => JSON.stringify(series.labels));
  const go = [
    ['block_rate', '10000'],
    ['build', '1.42.0'],
    ['go', 'go1.26.8'],
    ['mutex_fraction', '1'],
    ['pod', 'order-7c9f-x1'],
    ['service_name', 'order-service'],
  ];
  const node = [
    ['build', '2.0.0'],
    ['pod', 'node-1'],
    ['service_name', 'node-service'],
  ];
  expect(new Set(labels)).toEqual(new Set([go, node].map((one) => JSON.stringify(one))));
});

test('the mirror path and a plain gzip body are taken as well', async () => {
  server = await startIngestServer();
  const { url, headers, body } = recordedRequest('go-mutex');
  const mirrored = await server.post(`/pyroscope/ingest${url.search}`, body, {
    'content-type': headers['content-type'] ?? '',
  });
  expect(mirrored.status).toBe(200);
  const query = new URLSearchParams({ name: 'other', from: '1795556880', until: '1795556890' });
  expect((await server.post(`/ingest?${query}`, pprofOf('go-mutex'))).status).toBe(200);
  expect(await windowTexts()).toEqual(Array(2).fill('mutex:delay:nanoseconds:contentions:count delta 10000 ms 5'));
});

test('a push that is repeated is stored once and answered 200 again', async () => {
  server = await startIngestServer();
  expect((await send('go-block')).status).toBe(200);
  expect((await send('go-block')).status).toBe(200);
  expect(await windowTexts()).toHaveLength(1);
  expect(server.ingest.metrics()).toMatchObject({ profiles: 2, windows: 1, duplicates: 1 });
});

test('two processes under one pod name are both kept, and the store says that they overlap', async () => {
  server = await startIngestServer();
  await send('go-block');
  const { url } = recordedRequest('go-block');
  const times = { from: url.searchParams.get('from') ?? '', until: url.searchParams.get('until') ?? '' };
  await send('go-block-next', (query) => {
    query.set('from', times.from);
    query.set('until', times.until);
  });
  expect(await windowTexts()).toHaveLength(2);
  expect((await server.store.stats()).overlaps).toBe(1);
});

test('the catalogue and live pages hear of a service once its window is stored', async () => {
  server = await startIngestServer();
  await send('go-mutex');
  const { url } = recordedRequest('go-mutex');
  const at = Math.round(Number(url.searchParams.get('until')) / 1e6);
  expect(server.seen).toEqual([{ service: 'order-service', build: '1.42.0', goVersion: 'go1.26.8', at }]);
  expect(server.notified).toEqual([['order-service', at]]);
});

test('nothing is answered before the store has the data', async () => {
  server = await startIngestServer();
  let stored = () => {};
  const { write } = server.store;
  server.store.write = async (batch) => {
    const result = await write.call(server.store, batch);
    await new Promise<void>((resolve) => {
      stored = resolve;
    });
    return result;
  };
  const answer = send('go-block');
  const early = await Promise.race([answer, new Promise((resolve) => setTimeout(() => resolve('waiting'), 100))]);
  expect(early).toBe('waiting');
  stored();
  expect((await answer).status).toBe(200);
});

test('a store that fails once loses no definitions for the profiles that follow', async () => {
  server = await startIngestServer();
  const { write } = server.store;
  server.store.write = async () => {
    throw Object.assign(new Error('disk full'), { code: 'store.full' });
  };
  expect(await send('go-block')).toMatchObject({ status: 507 });
  server.store.write = write;
  expect((await send('go-block')).status).toBe(200);
  const range = { from: unixMs(recordedAtMs - 1e6), to: unixMs(recordedAtMs) };
  const { profile } = await server.store.merged({ type: { name: 'block' }, matchers: [], ...range });
  expect(profile.samples.length).toBe(16);
});

test('Push: several series in one request; what is too old is told in the words of Connect', async () => {
  const series = ['block', 'mutex'].map((name) => ({
    labels: { __name__: name, service_name: 'alloy-service', __delta__: 'false' },
    profiles: [fixture(`http-go1.26/${name}-seconds4.pb.gz`)],
  }));
  const headers = { 'content-type': 'application/proto', 'connect-protocol-version': '1' };
  server = await startIngestServer({ now: scrapedAtMs });
  expect((await server.post('/push.v1.PusherService/Push', encodePush(series), headers)).status).toBe(200);
  expect((await windowTexts()).map((text) => text.split(':')[0])).toEqual(['block', 'mutex']);
  await server.close();
  server = await startIngestServer({ now: scrapedAtMs + 4 * 86_400_000 });
  const late = await server.post('/push.v1.PusherService/Push', encodePush(series), headers);
  expect(late.status).toBe(400);
  expect(JSON.parse(late.text)).toEqual({
    code: 'invalid_argument',
    message: expect.stringMatching(/^the window starts at 2026-11-23T.*; nothing before 2026-11-24T.* is kept/),
  });
});

test('Push: stored with the pod from instance; gzip on the whole body and JSON give the same windows', async () => {
  server = await startIngestServer({ now: scrapedAtMs });
  const labels = {
    __name__: 'block',
    service_name: 'alloy-service',
    instance: '10.0.0.1:6060',
    job: 'pprof',
    __delta__: 'false',
  };
  const profile = fixture('http-go1.26/block-seconds4.pb.gz');
  const body = encodePush([{ labels, profiles: [profile] }]);
  const proto = await server.post('/push.v1.PusherService/Push', body, { 'content-type': 'application/proto' });
  expect([proto.text, proto.status]).toEqual(['', 200]);
  expect(proto.headers.get('content-type')).toBe('application/proto');
  const zipped = await server.post('/push.v1.PusherService/Push', gzipSync(body), {
    'content-type': 'application/proto',
    'content-encoding': 'gzip',
  });
  expect(zipped.status).toBe(200);
  const pairs = Object.entries(labels).map(([name, value]) => ({ name, value }));
  const json = JSON.stringify({
    series: [{ labels: pairs, samples: [{ rawProfile: profile.toString('base64'), ID: 'x' }] }],
  });
  const answer = await server.post('/push.v1.PusherService/Push', json, { 'content-type': 'application/json' });
  expect([answer.status, answer.text]).toEqual([200, '{}']);
  const windows = await server.windows();
  expect(windows).toHaveLength(1);
  expect(windows[0]?.series.labels).toEqual([
    ['job', 'pprof'],
    ['pod', '10.0.0.1:6060'],
    ['service_name', 'alloy-service'],
  ]);
  expect(windows[0]?.wallMs).toBe(4_001);
});

test('upload: a difference joins the history of its service, and can be opened by itself', async () => {
  server = await startIngestServer({ now: scrapedAtMs });
  const file = fixture('http-go1.26/block-seconds4.pb.gz');
  const path = '/api/v1/upload?service=orders&build=7&label=pod%3Da&name=block.pb.gz';
  const first = await server.post(path, file, { 'content-type': 'application/octet-stream' });
  expect(first.status).toBe(201);
  const document = JSON.parse(first.text);
  expect(document).toMatchObject({
    schema: 'lockscope/upload/v1',
    url: `/uploads/${document.id}`,
    kind: 'block',
    filename: 'block.pb.gz',
    service: 'orders',
    build: '7',
    windows: 1,
    notes: [],
  });
  const again = await server.post(path, file);
  expect([again.status, JSON.parse(again.text).windows]).toEqual([200, 0]);
  expect(await windowTexts()).toHaveLength(1);
  expect(server.uploads).toMatchObject([{ hasWindow: true, labels: { pod: 'a', service_name: 'orders', build: '7' } }]);
});

test('upload: a form with the file, and a window given for a profile that tells none', async () => {
  server = await startIngestServer({ now: Date.now() });
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(fixture('edge-shapes-go1.26/w2-mutex.pb.gz'))]), 'w2-mutex.pb.gz');
  const response = await fetch(`${server.url}/api/v1/upload?service=edge&window=20`, { method: 'POST', body: form });
  expect(response.status).toBe(201);
  const document = await response.json();
  expect(document).toMatchObject({ kind: 'mutex', filename: 'w2-mutex.pb.gz', windows: 1 });
  expect(document.url).toBe(`/uploads/${document.id}?window=20`);
  expect(await windowTexts()).toMatchObject([expect.stringContaining('delta 20000 ms')]);
});

test('upload: the same bytes for another service are answered for that service, and told from the first', async () => {
  server = await startIngestServer({ now: scrapedAtMs });
  const file = fixture('http-go1.26/block-seconds4.pb.gz');
  await server.post('/api/v1/upload?service=orders&build=7&name=first.pb.gz', file);
  const again = await server.post('/api/v1/upload?service=billing&build=8&name=again.pb.gz', file);
  expect(again.status).toBe(200);
  expect(JSON.parse(again.text)).toMatchObject({
    service: 'billing',
    build: '8',
    filename: 'again.pb.gz',
    windows: 1,
    notes: [
      {
        code: 'upload.repeated',
        message:
          'the same file was uploaded before as first.pb.gz for service orders, build 7: its page shows what was given then',
      },
    ],
  });
  expect((await server.windows()).map(({ series }) => new Map(series.labels).get('service_name'))).toEqual(
    expect.arrayContaining(['orders', 'billing']),
  );
});

test.each([
  ['?filename=a.pb.gz', 'a.pb.gz'],
  ['?name=b.pb.gz', 'b.pb.gz'],
  ['?filename=&name=b.pb.gz', 'b.pb.gz'],
  ['', 'größe.pb.gz'],
])('upload: a form with the query "%s" is called %s', async (query, filename) => {
  server = await startIngestServer();
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(fixture('edge-shapes-go1.26/w2-mutex.pb.gz'))]), 'größe.pb.gz');
  const response = await fetch(`${server.url}/api/v1/upload${query}`, { method: 'POST', body: form });
  expect(await response.json()).toMatchObject({ filename });
});

test('upload: a profile without samples whose kind nothing tells is kept as unknown', async () => {
  server = await startIngestServer();
  const { status, text } = await server.post('/api/v1/upload', fixture('edge-shapes-go1.26/w0-block.pb.gz'));
  expect(status).toBe(201);
  expect(JSON.parse(text)).toMatchObject({ kind: 'unknown', samples: 0, windows: 0, notes: [{ code: 'ingest.kind' }] });
});
