import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildMultipart } from './multipart';
import type { RecordedRequest, Recording } from './pack';
import { readPack, seriesKey } from './pack';
import { endOfQuery, shiftProfile, shiftQuery } from './shift';

export const RECORDED_PACK = fileURLToPath(new URL('../../examples/recorded/order-service.pack.br', import.meta.url));

export interface ReplayOptions {
  /** Address of the server, without a path. */
  readonly url: string;
  readonly token?: string;
  /** Unix milliseconds; the last window of the recording ends `gapMs` before. */
  readonly now: number;
  readonly gapMs?: number;
  readonly concurrency?: number;
  readonly recording?: Recording;
}

export interface ReplayResult {
  readonly requests: number;
  readonly bytes: number;
  /** Answers 429 that were waited out. */
  readonly retries: number;
  readonly tookMs: number;
  /** First and last instant of the replayed windows, Unix milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly pods: readonly string[];
  readonly services: readonly string[];
}

const MAX_TRIES = 10;

/**
 * Pushes a recording as if it had ended just now: same clients, same bytes but for the times and the gzip layer.
 * Uploads go in order of time, `concurrency` at once, but those of one series one after the other.
 * Throws on the first answer that is neither 200 nor 429.
 */
export async function replayPack(options: ReplayOptions): Promise<ReplayResult> {
  const { start, requests } = options.recording ?? readPack(await readFile(RECORDED_PACK));
  const lastEnd = Math.max(...requests.map((request) => endOfQuery(request.query)));
  const byMs = options.now - (options.gapMs ?? 3000) - lastEnd;
  const queue = requests.toSorted((a, b) => a.arrival - b.arrival);
  const lastOfSeries = new Map<string, Promise<void>>();
  const began = performance.now();
  const totals = { bytes: 0, retries: 0 };
  const sendNext = async (request: RecordedRequest, before: Promise<void> | undefined): Promise<void> => {
    await before;
    const sent = await send(request, byMs, options);
    totals.bytes += sent.bytes;
    totals.retries += sent.retries;
  };
  const lane = async (): Promise<void> => {
    for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
      const series = seriesKey(request);
      const sending = sendNext(request, lastOfSeries.get(series));
      lastOfSeries.set(series, sending);
      await sending;
    }
  };
  const lanes = Array.from({ length: options.concurrency ?? 12 }, lane);
  await Promise.all(lanes).catch((error: unknown) => {
    queue.length = 0; // the other lanes stop, too
    throw error;
  });
  const labels = requests.map((request) => labelsOf(request.query));
  return {
    requests: requests.length,
    ...totals,
    tookMs: performance.now() - began,
    start: start.getTime() + byMs,
    end: lastEnd + byMs,
    pods: [...new Set(labels.flatMap(({ pod }) => pod ?? []))].sort(),
    services: [...new Set(labels.map(({ service }) => service))].sort(),
  };
}

async function send(
  request: RecordedRequest,
  byMs: number,
  options: ReplayOptions,
): Promise<{ bytes: number; retries: number }> {
  const parts = request.parts.map((part) =>
    part.name === 'profile' ? { ...part, body: gzipSync(shiftProfile(part.body, byMs)) } : part,
  );
  const { body, contentType } = buildMultipart(parts, randomBytes(30).toString('hex'));
  const headers: Record<string, string> = { ...request.headers, 'content-type': contentType };
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
  const url = `${options.url}/ingest?${shiftQuery(request.query, byMs)}`;
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
    const text = await response.text();
    if (response.status === 200) return { bytes: body.length, retries: tries - 1 };
    if (response.status !== 429 || tries === MAX_TRIES)
      throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
    const wait = Number(response.headers.get('retry-after')) * 1000 || Math.min(100 * 2 ** tries, 5000);
    await sleep(wait);
  }
}

/** Service and pod of the name that pyroscope-go sends: `service{label=value,…}`. */
function labelsOf(query: string): { service: string; pod: string | undefined } {
  const name = new URLSearchParams(query).get('name') ?? '';
  return { service: name.split('{')[0] ?? '', pod: /[{,]pod=([^,}]*)/.exec(name)?.[1] };
}
