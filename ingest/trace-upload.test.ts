import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  expect([again.status, JSON.parse(again.text).filename]).toEqual([200, 'night.trace']);
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
