import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createIngest, type Ingest } from '@/ingest/receive';
import { createTraceStore } from '@/ingest/store-trace';
import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureCatalog, CaptureRecord, NewCapture } from '@/lib/catalog/captures';
import type { NewUpload, Seen, UploadRecord } from '@/lib/catalog/port';
import { parseConfigFile } from '@/lib/config-file';
import { LockscopeError } from '@/lib/errors';
import { MemorySampleStore } from '@/lib/store/memory';
import type { SampleStore, Window } from '@/lib/store/port';
import { type UnixMs, unixMs } from '@/lib/units';
import { recordedAtMs } from './recorded-request';

export interface IngestServer {
  readonly url: string;
  readonly store: SampleStore;
  readonly ingest: Ingest;
  readonly seen: Seen[];
  readonly uploads: NewUpload[];
  readonly captures: NewCapture[];
  /** Ids of captures that were handed to the analysis. */
  readonly queued: string[];
  readonly notified: [string, UnixMs][];
  /** Sends a request and gives status and text of the answer. */
  post(
    path: string,
    body: Uint8Array | string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; text: string; headers: Headers }>;
  /** All stored windows, as the store gives them out. */
  windows(): Promise<Window[]>;
  close(): Promise<void>;
}

export interface IngestServerOptions {
  readonly now?: number;
  /** YAML of the configuration file. */
  readonly config?: string;
  readonly store?: SampleStore;
}

/** A listening ingest over the in-memory store, a catalogue that remembers calls, and blobs that are hashed and dropped. */
export async function startIngestServer(options: IngestServerOptions = {}): Promise<IngestServer> {
  const store = options.store ?? new MemorySampleStore();
  const seen: Seen[] = [];
  const uploads: NewUpload[] = [];
  const notified: [string, UnixMs][] = [];
  const captures: NewCapture[] = [];
  const queued: string[] = [];
  const config = parseConfigFile(options.config ?? '', 'test.yml');
  const now = () => unixMs(options.now ?? recordedAtMs);
  const ingest = createIngest({
    store,
    config,
    now,
    storeTrace: createTraceStore({
      catalog: capturesOf(captures),
      blobs: { put: hashed, delete: async () => true },
      maxBytes: config.limits.traceBytes,
      now,
      analyse: (id) => queued.push(id),
    }),
    notify: (service, newest) => notified.push([service, newest]),
    catalog: {
      noteSeen: (one) => seen.push(one),
      addUpload: async (upload) => {
        const known = uploads.find(({ digest }) => digest === upload.digest);
        if (known === undefined) uploads.push(upload);
        const record: UploadRecord = { ...(known ?? upload), id: upload.digest.slice(0, 16) };
        return { upload: record, created: known === undefined };
      },
    },
    blobs: { put: hashed },
  });
  const server = createServer((request, response) => void ingest.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // `listen` on a TCP port gives an AddressInfo.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    store,
    ingest,
    seen,
    uploads,
    captures,
    queued,
    notified,
    async post(path, body, headers = {}) {
      const response = await fetch(url + path, {
        method: 'POST',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers,
      });
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
    async windows() {
      const all = { type: {}, matchers: [], from: unixMs(0), to: unixMs(4e12) };
      const windows: Window[] = [];
      for await (const window of store.export(all)) windows.push(window);
      return windows;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await ingest.close();
      await store.close();
    },
  };
}

function capturesOf(captures: NewCapture[]): Pick<CaptureCatalog, 'addCapture'> {
  const record = (capture: NewCapture): CaptureRecord => ({
    ...capture,
    id: capture.digest.slice(0, 16),
    status: 'waiting',
    error: undefined,
    analysisVersion: undefined,
    analysis: undefined,
    lock: undefined,
    worst: undefined,
  });
  return {
    async addCapture(capture) {
      const known = captures.find(({ digest }) => digest === capture.digest);
      if (known === undefined) captures.push(capture);
      return { capture: record(known ?? capture), created: known === undefined };
    },
  };
}

/** A blob store's `put` that keeps nothing but the hash. */
const hashed: BlobStore['put'] = async (kind, bytes, { maxBytes = Number.POSITIVE_INFINITY } = {}) => {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
    hash.update(piece);
    sizeBytes += piece.length;
    if (sizeBytes > maxBytes) throw new LockscopeError('blobs.too-large', `more than ${maxBytes} bytes`);
  }
  const sha256 = hash.digest('hex');
  return { key: `${kind}/${sha256}`, sha256, sizeBytes, created: true };
};
