import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';

const trace = (version: string) =>
  readFileSync(new URL(`../tests/fixtures/gotrace/traces/locks-go${version}.trace`, import.meta.url));
const profile = readFileSync(new URL('../tests/fixtures/go/http-go1.26/block-seconds4.pb.gz', import.meta.url));
const newTrace = trace('1.26');
let server: IngestServer;
beforeEach(async () => {
  server = await startIngestServer({ config: 'limits: { trace: 1MB, body_timeout: 1s }' });
});
afterEach(() => server.close());

function form(file: Buffer, name: string): { body: Buffer; type: string } {
  const part = (headers: string) => `--BOUND\r\nContent-Disposition: form-data; ${headers}\r\n\r\n`;
  const head = `${part('name="note"')}a trace of tonight\r\n${part(`name="file"; filename="${name}"`)}`;
  const body = Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--BOUND--\r\n')]);
  return { body, type: 'multipart/form-data; boundary=BOUND' };
}

/** Sends a body in pieces, each on its way before the next is written. */
function send(path: string, pieces: readonly Buffer[], headers: Record<string, string> = {}) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sending = request(server.url + path, { method: 'POST', headers }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode, text: Buffer.concat(parts).toString() });
    });
    sending.on('error', reject);
    void (async () => {
      for (const piece of pieces) {
        sending.write(piece);
        await new Promise((done) => setImmediate(done));
      }
      sending.end();
    })();
  });
}

/** A body in pieces of `size` bytes at its beginning, where it is looked at, and one for the rest. */
function inPieces(body: Buffer, size: number, upTo = 400): Buffer[] {
  const cuts = Array.from({ length: Math.ceil(upTo / size) }, (_, index) => index * size);
  return [...cuts.map((at) => body.subarray(at, at + size)), body.subarray(cuts.length * size)];
}

test('a trace becomes a capture, once, with what the query says of it, and is queued for analysis', async () => {
  const query = 'name=night.trace&service=orders&build=v7&label=instance=orders-3&label=env=prod&source=push';
  const first = await server.post(`/api/v1/upload?${query}`, newTrace);
  expect([first.status, JSON.parse(first.text)]).toEqual([
    201,
    {
      schema: 'lockscope/upload/v1',
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      url: `/traces/${JSON.parse(first.text).id}`,
      kind: 'trace',
      filename: 'night.trace',
      service: 'orders',
      build: 'v7',
      samples: null,
      windows: 0,
      notes: [],
    },
  ]);
  expect(server.captures).toMatchObject([
    {
      filename: 'night.trace',
      service: 'orders',
      pod: 'orders-3',
      build: 'v7',
      labels: { pod: 'orders-3', build: 'v7', env: 'prod' },
      sizeBytes: newTrace.length,
      source: 'push',
    },
  ]);
  const again = await server.post('/api/v1/upload?name=other', newTrace);
  expect([again.status, JSON.parse(again.text)]).toEqual([
    200,
    {
      ...JSON.parse(first.text),
      notes: [
        {
          code: 'upload.repeated',
          message:
            'the same trace came before as night.trace for service orders, build v7: it is one capture, as it was named then',
        },
      ],
    },
  ]);
  expect(server.queued).toEqual([JSON.parse(first.text).id]);
  expect(server.uploads).toEqual([]);
});

test('recognised by its content however the body is cut, alone or in a form', async () => {
  const { body, type } = form(newTrace, 'in a form.trace');
  for (const size of [1, 7, 64]) {
    expect((await send('/api/v1/upload', inPieces(newTrace, size))).status).toBeLessThan(300);
    const inForm = await send('/api/v1/upload', inPieces(body, size), { 'content-type': type });
    expect(inForm.status).toBe(200);
  }
  // The end of the file and of the form in pieces of one byte.
  const late = [body.subarray(0, -60), ...inPieces(body.subarray(-60), 1, 60)];
  expect((await send('/api/v1/upload', late, { 'content-type': type })).status).toBe(200);
  expect(server.captures).toMatchObject([{ sizeBytes: newTrace.length }]);
});

test('profiles go their old way, however the body is cut', async () => {
  const { body, type } = form(profile, 'block.pb.gz');
  for (const size of [1, 7]) {
    await send('/api/v1/upload', inPieces(profile, size));
    await send('/api/v1/upload', inPieces(body, size), { 'content-type': type });
  }
  expect(server.uploads).toHaveLength(1);
  expect(server.captures).toEqual([]);
  for (const nothing of [[], [Buffer.alloc(0)]]) {
    expect(JSON.parse((await send('/api/v1/upload', nothing)).text)).toMatchObject({ code: 'ingest.empty' });
  }
  expect(JSON.parse((await send('/api/v1/upload', [Buffer.from('go')])).text)).toMatchObject({ status: 422 });
});

test('a trace of Go 1.21 is refused with what to do, one over the limit and one of a broken form as well', async () => {
  const old = await server.post('/api/v1/upload', trace('1.21'));
  expect([old.status, JSON.parse(old.text)]).toEqual([
    422,
    expect.objectContaining({ code: 'gotrace.too-old', detail: expect.stringContaining('Go 1.22 or newer') }),
  ]);
  const large = Buffer.concat([newTrace, Buffer.alloc(1_000_000)]);
  const declared = await server.post('/api/v1/upload', large);
  const streamed = await send('/api/v1/upload', inPieces(large, 16, 16));
  expect([declared.status, streamed.status]).toEqual([413, 413]);
  expect(JSON.parse(streamed.text)).toEqual(JSON.parse(declared.text));
  expect(JSON.parse(declared.text)).toMatchObject({ code: 'ingest.too-large' });
  const { body, type } = form(newTrace, 'a');
  const cut = await server.post('/api/v1/upload', body.subarray(0, -20), { 'content-type': type });
  expect([cut.status, JSON.parse(cut.text).code]).toEqual([400, 'ingest.multipart']);
  const wrong = await server.post('/api/v1/upload?source=space', newTrace);
  expect([wrong.status, JSON.parse(wrong.text).code]).toEqual([400, 'ingest.request']);
  expect(server.captures).toEqual([]);
});

test('a trace inside gzip is refused as such, however it is cut and declared; a profile in gzip is not', async () => {
  const packed = gzipSync(newTrace);
  for (const [size, headers] of [
    [1, {}],
    [64, {}],
    [64, { 'content-encoding': 'gzip' }],
  ] as const) {
    const answer = await send('/api/v1/upload?name=stall.trace.gz', inPieces(packed, size), headers);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      422,
      expect.objectContaining({ code: 'gotrace.packed', detail: expect.stringContaining('unpack it') }),
    ]);
  }
  const { body, type } = form(packed, 'stall.trace.gz');
  const inForm = await server.post('/api/v1/upload', body, { 'content-type': type });
  expect([inForm.status, JSON.parse(inForm.text).code]).toEqual([422, 'gotrace.packed']);
  const short = gzipSync(newTrace.subarray(0, 16));
  expect(JSON.parse((await send('/api/v1/upload', [short])).text).code).toBe('gotrace.packed');
  expect((await send('/api/v1/upload', inPieces(profile, 1))).status).toBe(201);
  expect(server.captures).toEqual([]);
});

test('a profile that is said to be a trace is refused', async () => {
  const answer = await server.post('/api/v1/upload?kind=trace', profile);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    422,
    expect.objectContaining({ code: 'gotrace.header', detail: 'this is no Go execution trace (at query kind)' }),
  ]);
  expect(server.uploads).toEqual([]);
});

test('a client that goes away inside a trace leaves nothing', async () => {
  const sending = request(`${server.url}/api/v1/upload`, {
    method: 'POST',
    headers: { 'content-length': newTrace.length },
  });
  const failed = new Promise((resolve) => sending.on('error', resolve));
  sending.write(newTrace.subarray(0, 50_000), () => sending.destroy(new Error('gone')));
  await failed;
  await vi.waitFor(() => expect(server.ingest.metrics()).toMatchObject({ 'refused:ingest.aborted': 1 }));
  expect(server.ingest.metrics()).toMatchObject({ in_flight_bytes: 0, queued_profiles: 0 });
  expect([server.captures, server.queued]).toEqual([[], []]);
});

test('a client that falls silent inside a trace is told so', async () => {
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const sending = request(`${server.url}/api/v1/upload`, { method: 'POST' }, (response) => {
      resolve(response.resume().statusCode);
      sending.destroy();
    });
    sending.on('error', reject);
    sending.write(newTrace.subarray(0, 5_000));
  });
  expect(answer).toBe(408);
  expect(server.captures).toEqual([]);
});
