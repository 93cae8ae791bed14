import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';
import { recordedAtMs, recordedRequest } from '@/tests/support/recorded-request';

const folder = new URL('../tests/fixtures/go/', import.meta.url);
const fixtures = [
  'ordersvc-go1.23-bad/w3-block.pb.gz',
  'ordersvc-go1.23-bad/w3-mutex.pb.gz',
  'ordersvc-go1.23-bad/w3-cpu.pb.gz',
  'ordersvc-go1.23-bad/w3-goroutine.pb.gz',
  'ordersvc-go1.23-bad/w3-heap.pb.gz',
  'edge-unsymbolised-go1.26/block.pb.gz',
];
const query = new URLSearchParams({
  name: 'app',
  format: 'pprof',
  from: String(recordedAtMs - 10_000),
  until: String(recordedAtMs),
});

let server: IngestServer;
beforeAll(async () => {
  server = await startIngestServer();
});
afterAll(() => server.close());

async function send(body: Uint8Array) {
  const { status, text } = await server.post(`/ingest?${query}`, body);
  return status === 200 ? 'stored' : `${status} ${JSON.parse(text).code}`;
}

/** Lengths at which a file of `length` bytes is cut: every 100th byte. */
const cuts = (length: number) => Array.from({ length: Math.ceil(length / 100) }, (_, i) => i * 100);

test.each(fixtures)('%s cut at every 100th byte of the file is refused, each time with a reason', async (name) => {
  const file = readFileSync(new URL(name, folder));
  for (const cut of cuts(file.length)) {
    const answer = await send(file.subarray(0, cut));
    expect(answer, `cut at ${cut}`).toMatch(/^422 (ingest\.empty|pprof\.(truncated|bad-gzip|empty))$/);
  }
});

test.each(fixtures)(
  '%s cut at every 100th byte of the inflated message is refused or holds less, never a server error',
  async (name) => {
    const message = gunzipSync(readFileSync(new URL(name, folder)));
    const answers = new Set<string>();
    for (const cut of cuts(message.length)) answers.add(await send(gzipSync(message.subarray(0, cut))));
    // A cut between two fields leaves a message that can be read: then its tables are incomplete, or its time is missing.
    for (const answer of answers) expect(answer).toMatch(/^422 |^stored$/);
    expect([...answers].filter((answer) => answer.startsWith('422 pprof.')).length).toBeGreaterThan(0);
  },
);

test('random bytes, plain and gzipped, are no profile', async () => {
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  };
  for (let i = 0; i < 100; i++) {
    const bytes = Buffer.from(Array.from({ length: 1 + (random() % 400) }, () => random() & 0xff));
    expect(await send(bytes)).toMatch(/^422 /);
    expect(await send(gzipSync(bytes))).toMatch(/^422 /);
  }
});

test('single bytes of a message turned over never crash the server', async () => {
  const message = gunzipSync(readFileSync(new URL('ordersvc-go1.23-bad/w1-mutex.pb.gz', folder)));
  for (let at = 0; at < message.length; at += 29) {
    const broken = Buffer.from(message);
    broken[at] = (broken[at] ?? 0) ^ 0xff;
    expect(await send(gzipSync(broken)), `byte ${at}`).toMatch(/^422 |^stored$/);
  }
});

test('fields of a wrong type are refused with the place', async () => {
  // sample (field 2) as a varint, string table (field 6) as a fixed64, sample type (field 1) as a string of garbage.
  const bodies = [
    [0x10, 0x01],
    [0x31, 1, 2, 3, 4, 5, 6, 7, 8],
    [0x0a, 0x02, 0xff, 0xff],
  ];
  for (const bytes of bodies) expect(await send(Buffer.from(bytes))).toMatch(/^422 pprof\./);
});

test('a recorded form cut at every 100th byte is refused, except where only its closing boundary is gone', async () => {
  const { url, headers, body } = recordedRequest('go-block');
  for (const cut of cuts(body.length)) {
    const answer = await server.post(url.pathname + url.search, body.subarray(0, cut), {
      'content-type': headers['content-type'] ?? '',
    });
    expect([400, 422], `cut at ${cut}`).toContain(answer.status);
  }
});

test('after all of it the server has no request in its hands and counted every refusal', () => {
  const metrics = server.ingest.metrics();
  expect(metrics.in_flight_bytes).toBe(0);
  expect(metrics['refused:internal']).toBeUndefined();
  const refused = Object.entries(metrics).filter(([name]) => name.startsWith('refused:'));
  expect(refused.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(500);
});
