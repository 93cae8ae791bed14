import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTraceStore, type StoreTrace } from '@/ingest/store-trace';
import { openBlobs } from '@/lib/blobs/open';
import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureRecord } from '@/lib/catalog/captures';
import { openCatalog } from '@/lib/catalog/open';
import type { Catalog } from '@/lib/catalog/port';
import { keptVersion } from '@/lib/query/trace/encode-analysis';
import type { StartAnalysis } from '@/lib/traces/analysis-thread';
import { openAnalysis, openViews } from '@/lib/traces/open';
import type { Traces } from '@/lib/traces/port';
import { unixMs } from '@/lib/units';
import { bundledWorker } from '@/tests/support/bundled-worker';
import { type AnalysisQueue, analysisQueue } from './analysis-queue';
import { createTraces } from './captures';
import { traceRetentionJob } from './retention';

const fixtures = new URL('../../tests/fixtures/gotrace/traces/', import.meta.url);
const bundles = mkdtempSync(join(tmpdir(), 'lockscope-trace-workers-'));
let workers: { readonly analysis: URL; readonly views: URL };
beforeAll(async () => {
  const [analysis, views] = await Promise.all(
    ['analyse-trace', 'view-traces'].map((name) => bundledWorker(`lib/traces/${name}.worker.ts`, bundles)),
  );
  if (analysis === undefined || views === undefined) throw new Error('two workers were bundled');
  workers = { analysis, views };
});
afterAll(() => rmSync(bundles, { recursive: true, force: true }));

let folder: string;
let catalog: Catalog;
let blobs: BlobStore;
let open: Opened;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockscope-traces-'));
  catalog = await openCatalog({ dir: folder });
  blobs = openBlobs({ dir: join(folder, 'blobs') });
  open = openHere();
});
afterEach(async () => {
  await open.close();
  await catalog.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly queue: AnalysisQueue;
  readonly traces: Traces;
  readonly store: StoreTrace;
  close(): Promise<void>;
}

/** What server.ts puts together, with real threads. */
function openHere({ version = keptVersion, maxBytes = 1e9, now = 1_000 } = {}): Opened {
  const blobsDir = join(folder, 'blobs');
  const start = openAnalysis({ blobsDir, wrappers: [], maxBytes }, { workerUrl: workers.analysis });
  const views = openViews({ blobsDir, keptBytes: 1e8 }, { workerUrl: workers.views });
  const queue = analysisQueue({ catalog, blobs, start, version });
  return {
    queue,
    traces: createTraces({ catalog, blobs, queue, views }),
    store: createTraceStore({ catalog, blobs, maxBytes: 1e9, now: () => unixMs(now), analyse: queue.add }),
    async close() {
      await queue.stop();
      await views.close();
    },
  };
}

async function* bytesOf(name: string, times = 1) {
  for (let time = 0; time < times; time++) yield readFileSync(new URL(name, fixtures));
}

async function put(name: string, { times = 1 } = {}): Promise<CaptureRecord> {
  const known = { service: undefined, pod: undefined, build: undefined, labels: {}, capturedAt: undefined };
  const { capture } = await open.store(bytesOf(name, times), {
    ...known,
    filename: name,
    source: 'upload',
    reason: 'uploaded',
  });
  return capture;
}

const settled = (id: string) =>
  vi.waitFor(
    async () => {
      const capture = await catalog.getCapture(id);
      if (capture?.status === 'waiting' || capture?.status === 'analysing') throw new Error(capture.status);
      return capture;
    },
    { timeout: 20_000, interval: 20 },
  );

test('a stored trace is analysed in a thread, and every question about it is answered', async () => {
  open.queue.start();
  const { id } = await put('truth-go1.26.trace');
  expect(open.traces.queue()).toEqual([id]);
  await expect(open.traces.summary(id)).rejects.toMatchObject({ code: 'trace.not-ready' });
  const capture = await settled(id);
  expect(capture).toMatchObject({ status: 'done', analysisVersion: keptVersion, error: undefined });
  expect(open.traces.progress(id)).toBeUndefined();
  const summary = await open.traces.summary(id);
  expect(capture?.analysis).toMatchObject({
    goVersion: summary.goVersion,
    events: summary.events,
    goroutines: summary.goroutines,
    durationMs: summary.durationNs / 1e6,
  });
  const locks = await catalog.listCaptureLocks(id);
  expect(locks.map(({ lockId, waits, p99Ns }) => [lockId, waits, p99Ns])).toEqual(
    summary.locks.map((lock) => [lock.id, lock.waits, lock.percentiles.p99Ns]),
  );
  expect(locks.length).toBeGreaterThan(0);
  const [lock] = summary.locks;
  const tile = await open.traces.tile(id, { fromNs: 0, toNs: summary.durationNs, pixels: 10, lock: lock?.id });
  expect([tile.pixels, tile.lock?.id]).toEqual([10, lock?.id]);
  expect(await open.traces.wait(id, 0)).toMatchObject({ wait: 0 });
  expect((await open.traces.search(id, 'dur:>1us', 0)).total).toBeGreaterThan(0);
  await expect(open.traces.wait(id, 1e8)).rejects.toMatchObject({ code: 'trace.no-wait' });
});

test('one after the other; what waits says how many are before it, and can be cancelled and started again', async () => {
  const [first, second] = [await put('locks-go1.26.trace'), await put('locks-go1.25.trace')];
  expect([open.traces.progress(first.id)?.ahead, open.traces.progress(second.id)?.ahead]).toEqual([0, 1]);
  expect(await open.traces.cancel(second.id)).toMatchObject({ status: 'cancelled' });
  await expect(open.traces.summary(second.id)).rejects.toMatchObject({ message: expect.stringContaining('cancelled') });
  open.queue.start();
  expect(await settled(first.id)).toMatchObject({ status: 'done' });
  expect(await open.traces.analyse(second.id)).toMatchObject({ status: 'waiting' });
  expect(await settled(second.id)).toMatchObject({ status: 'done' });
});

test('progress tells bytes and events, and the seconds left at the speed so far; none while the locks are looked for', async () => {
  const { id } = await put('locks-go1.26.trace');
  let tell: Parameters<StartAnalysis>[1] = () => {};
  const queue = analysisQueue({
    catalog,
    blobs,
    version: keptVersion,
    start: (_, onStep) => {
      tell = onStep;
      return { result: new Promise(() => {}), cancel: async () => {} };
    },
  });
  queue.add(id);
  expect(queue.progress(id)).toMatchObject({ ahead: 0, phase: 'waiting', secondsLeft: null });
  const clock = vi.spyOn(Date, 'now').mockReturnValue(5_000);
  queue.start();
  await vi.waitFor(() => expect(queue.progress(id)).toMatchObject({ phase: 'reading', bytes: 0, secondsLeft: null }));
  await vi.waitFor(async () => expect((await catalog.getCapture(id))?.status).toBe('analysing'));
  const read = { phase: 'reading', bytes: 40, ofBytes: 100, events: 7 } as const;
  await vi.waitFor(() => {
    tell(read);
    expect(queue.progress(id)).toMatchObject(read);
  });
  clock.mockReturnValue(7_000);
  // 40 bytes took 2 s: the other 60 take 3.
  expect(queue.progress(id)).toEqual({ ahead: 0, ...read, secondsLeft: 3 });
  tell({ ...read, phase: 'locks', bytes: 100 });
  expect(queue.progress(id)).toMatchObject({ phase: 'locks', events: 7, secondsLeft: null });
  clock.mockRestore();
});

test('a running analysis is ended at once, and removing a capture removes its files', async () => {
  open.queue.start();
  const { id, blobKey } = await put('truth-go1.26.trace');
  await vi.waitFor(async () => expect((await catalog.getCapture(id))?.status).toBe('analysing'), { interval: 1 });
  expect(await open.traces.cancel(id)).toMatchObject({ status: 'cancelled', error: undefined });
  await open.traces.analyse(id);
  const key = (await settled(id))?.analysis?.blobKey ?? '';
  expect(await blobs.has(key)).toBe(true);
  await open.traces.remove(id);
  expect([await catalog.getCapture(id), await blobs.has(key), await blobs.has(blobKey)]).toEqual([
    undefined,
    false,
    false,
  ]);
  await expect(open.traces.remove(id)).rejects.toMatchObject({ code: 'trace.no-capture' });
});

test('damage and a lack of memory end as failed with words; the next one is analysed', async () => {
  await open.close();
  open = openHere({ maxBytes: 1_000 });
  open.queue.start();
  const tight = await put('locks-go1.26.trace');
  expect(await settled(tight.id)).toMatchObject({
    status: 'failed',
    error: { code: 'trace.memory', message: expect.stringContaining('1000 ') },
  });
  await open.close();
  open = openHere();
  open.queue.start();
  const { capture } = await open.store(
    (async function* () {
      yield Buffer.concat([
        readFileSync(new URL('locks-go1.26.trace', fixtures)).subarray(0, 16),
        Buffer.alloc(5_000, 7),
      ]);
    })(),
    { ...tight, filename: 'damaged.trace' },
  );
  expect(await settled(capture.id)).toMatchObject({
    status: 'failed',
    error: { message: expect.stringMatching(/\w/) },
  });
  await expect(open.traces.summary(capture.id)).rejects.toMatchObject({ code: 'trace.not-ready' });
  await open.traces.analyse(tight.id);
  expect(await settled(tight.id)).toMatchObject({ status: 'done', error: undefined });
});

test('after a restart what was waiting or cut short is taken up, and what another version analysed is made again', async () => {
  open.queue.start();
  const done = await put('locks-go1.25.trace');
  await settled(done.id);
  const cut = await put('truth-go1.26.trace');
  const waiting = await put('locks-go1.22.trace');
  await vi.waitFor(async () => expect((await catalog.getCapture(cut.id))?.status).toBe('analysing'), { interval: 1 });
  await open.close();
  expect((await catalog.getCapture(cut.id))?.status).toBe('analysing');
  open = openHere();
  open.queue.start();
  for (const { id } of [cut, waiting, done]) expect((await settled(id))?.status).toBe('done');
  await open.close();
  const started: string[] = [];
  const queue = analysisQueue({
    catalog,
    blobs,
    version: keptVersion + 1,
    start: (blobKey) => {
      started.push(blobKey);
      return { result: new Promise(() => {}), cancel: async () => {} };
    },
  });
  queue.start();
  await vi.waitFor(() => expect(started).toHaveLength(1));
  expect(queue.ids()).toHaveLength(3);
});

test('old captures are deleted with their files, and files that no capture has', async () => {
  const { id, blobKey } = await put('locks-go1.26.trace');
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 10_000_000 });
  const { key: stray } = await blobs.put('trace', Buffer.from('left by a crash'));
  const job = traceRetentionJob({ catalog, blobs, traces: open.traces, ageMs: 9_000_000 });
  job.start();
  await vi.advanceTimersByTimeAsync(100_000);
  await vi.waitFor(() => expect(printed).toHaveBeenCalledWith('traces: 1 deleted'));
  expect(await blobs.has(stray)).toBe(true);
  await vi.advanceTimersByTimeAsync(3_600_000);
  vi.useRealTimers();
  await vi.waitFor(() =>
    expect(printed).toHaveBeenCalledWith(expect.stringMatching(/^traces: 1.file without a capture deleted$/)),
  );
  await job.stop();
  expect(await blobs.has(stray)).toBe(false);
  printed.mockRestore();
  expect([await catalog.getCapture(id), await blobs.has(blobKey)]).toEqual([undefined, false]);
});
