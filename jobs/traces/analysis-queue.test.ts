import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaptureAnalysis, CaptureCatalog, CaptureError, CaptureRecord } from '@/lib/catalog/captures';
import { unixMs } from '@/lib/units';
import { type AnalysisQueue, analysisQueue } from './analysis-queue';

const record = (id: string, status: CaptureRecord['status']): CaptureRecord => ({
  id,
  digest: id.repeat(64),
  filename: `${id}.trace`,
  service: undefined,
  pod: undefined,
  build: undefined,
  labels: {},
  sizeBytes: 1,
  receivedAt: unixMs(1),
  capturedAt: undefined,
  source: 'upload',
  reason: 'uploaded',
  blobKey: `trace/${id}`,
  status,
  error: undefined,
  analysisVersion: status === 'done' || status === 'failed' ? 1 : undefined,
  analysis: undefined,
  lock: undefined,
  worst: undefined,
});

const found: CaptureAnalysis = {
  version: 1,
  blobKey: 'trace-analysis/found',
  goVersion: 'go1.26',
  durationMs: 1,
  events: 1,
  goroutines: 1,
  capturedAt: undefined,
  locks: [],
};

/** A catalogue in memory whose calls can be made to fail or to wait. */
class Captures {
  readonly rows = new Map<string, { status: CaptureRecord['status']; error: CaptureError | undefined }>();
  readonly broken = new Set<keyof CaptureCatalog>();
  listing: Promise<void> = Promise.resolve();

  #call(name: keyof CaptureCatalog): void {
    if (this.broken.has(name)) throw new Error('the connection was closed');
  }

  add(id: string, status: CaptureRecord['status'] = 'waiting'): void {
    this.rows.set(id, { status, error: undefined });
  }

  async getCapture(id: string): Promise<CaptureRecord | undefined> {
    this.#call('getCapture');
    const row = this.rows.get(id);
    return row === undefined ? undefined : { ...record(id, row.status), error: row.error };
  }

  async listCapturesOf(statuses: readonly CaptureRecord['status'][]): Promise<CaptureRecord[]> {
    this.#call('listCapturesOf');
    const rows = [...this.rows].filter(([, { status }]) => statuses.includes(status));
    const listed = rows.map(([id, { status }]) => record(id, status));
    await this.listing;
    return listed;
  }

  async setCaptureStatus(id: string, status: CaptureRecord['status'], error?: CaptureError): Promise<boolean> {
    this.#call('setCaptureStatus');
    this.rows.set(id, { status, error });
    return true;
  }

  async finishCapture(id: string): Promise<boolean> {
    this.#call('finishCapture');
    this.rows.set(id, { status: 'done', error: undefined });
    return true;
  }
}

let captures: Captures;
let started: string[];
let queue: AnalysisQueue;
beforeEach(() => {
  captures = new Captures();
  started = [];
  queue = analysisQueue({
    catalog: captures,
    blobs: { delete: async () => true },
    version: 1,
    retryMs: 20,
    start: (blobKey) => {
      started.push(blobKey);
      return { result: Promise.resolve(found), cancel: async () => {} };
    },
  });
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  await queue.stop();
  vi.restoreAllMocks();
});

const settled = () => vi.waitFor(() => expect(queue.ids()).toEqual([]));

test('what is uploaded while the captures of the last run are listed is analysed once', async () => {
  let listed = () => {};
  captures.listing = new Promise((resolve) => {
    listed = resolve;
  });
  captures.add('a', 'analysing');
  captures.add('b');
  queue.start();
  queue.add('b');
  await new Promise((resolve) => setTimeout(resolve, 5));
  listed();
  await settled();
  expect(started.toSorted()).toEqual(['trace/a', 'trace/b']);
  expect([...captures.rows.values()].map(({ status }) => status)).toEqual(['done', 'done']);
});

test.each(['getCapture', 'finishCapture'] as const)('a capture fails in words when %s fails', async (name) => {
  captures.add('a');
  captures.broken.add(name);
  queue.start();
  await vi.waitFor(() =>
    expect(captures.rows.get('a')).toMatchObject({
      status: 'failed',
      error: { code: 'trace.analysis', message: 'the connection was closed' },
    }),
  );
  await settled();
});

test('while the catalogue keeps nothing a capture stays in the queue, and is analysed when it does again', async () => {
  captures.add('a');
  captures.add('b');
  captures.broken.add('setCaptureStatus');
  queue.start();
  await vi.waitFor(() => expect(console.error).toHaveBeenCalled());
  expect(queue.ids()).toEqual(['a', 'b']);
  expect([captures.rows.get('a')?.status, started]).toEqual(['waiting', []]);
  captures.broken.clear();
  await settled();
  expect(started).toEqual(['trace/a', 'trace/b']);
});

test('captures that could not be listed are taken up later, and hold up none that comes', async () => {
  captures.broken.add('listCapturesOf');
  captures.add('a', 'analysing');
  queue.start();
  captures.add('b');
  queue.add('b');
  await vi.waitFor(() => expect(started).toEqual(['trace/b']));
  captures.broken.clear();
  await vi.waitFor(() => expect(started).toEqual(['trace/b', 'trace/a']));
  await settled();
});
