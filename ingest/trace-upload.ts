import type { IncomingMessage } from 'node:http';
import type { CaptureRecord, CaptureSource } from '@/lib/catalog/captures';
import { errorCode, LockscopeError } from '@/lib/errors';
import { type Budget, requestOverheadBytes } from './budget';
import type { IngestConfig } from './config';
import { normaliseLabels } from './labels';
import { peekBody } from './peek';
import type { StoreTrace } from './store-trace';
import type { UploadDocument } from './upload';
import { findTrace, isPackedTrace, packedTrace, type TraceBody, traceBytes } from './wire/trace-body';
import { parseLabel } from './wire/upload';

/** Pieces of a body that are under way at one time. */
const streamedBytes = 256 * 1_024;

/**
 * Takes an uploaded execution trace from the request as it comes. Undefined, with the request untouched, when the body
 * is something else. Throws what `StoreTrace` throws, `gotrace.packed` for a trace inside gzip, `ingest.request`, `ingest.labels`, `ingest.multipart`, `ingest.too-large`,
 * `ingest.timeout` when the client falls silent, `ingest.aborted`.
 */
export async function takeTrace(
  request: IncomingMessage,
  params: URLSearchParams,
  { config, budget, store }: { readonly config: IngestConfig; readonly budget: Budget; readonly store: StoreTrace },
): Promise<{ created: boolean; document: UploadDocument } | undefined> {
  const { limits } = config;
  const type = request.headers['content-type'] ?? '';
  const isEnough = (bytes: Buffer) => findTrace(bytes, type) !== 'more' && isPackedTrace(bytes) !== 'more';
  const head = await peekBody(request, isEnough, limits.bodyTimeoutMs);
  if (isPackedTrace(head) === true) throw packedTrace();
  if (request.headers['content-encoding'] !== undefined) return undefined;
  const place = findTrace(head, type);
  if (place === 'more' || place === 'none') return undefined;
  if (Number(request.headers['content-length'] ?? 0) > limits.traceBytes + place.offset) {
    throw tooLarge(limits.traceBytes);
  }
  const origin = originOf(params, place, config);
  budget.reserve(requestOverheadBytes + streamedBytes);
  try {
    const body = piecesOf(request, limits.bodyTimeoutMs);
    const { capture, created } = await store(traceBytes(body, place), origin);
    return { created, document: documentOf(capture, created ? [] : [repeatedNote(capture)]) };
  } catch (error) {
    throw errorCode(error) === 'blobs.too-large' ? tooLarge(limits.traceBytes) : error;
  } finally {
    budget.release(requestOverheadBytes + streamedBytes);
  }
}

function tooLarge(maxBytes: number): LockscopeError {
  return new LockscopeError('ingest.too-large', `the trace is larger than ${maxBytes} bytes`);
}

/** The body piece by piece; a client may take long for all of it, but not be silent for `silentMs`. */
async function* piecesOf(request: IncomingMessage, silentMs: number): AsyncGenerator<Buffer> {
  // Left open, so that a refusal can still be answered.
  const pieces: AsyncIterator<unknown> = request.iterator({ destroyOnReturn: false });
  for (;;) {
    const next = await within(pieces.next(), silentMs);
    if (next.done) return;
    if (next.value instanceof Buffer) yield next.value;
  }
}

function within<T>(work: Promise<T>, silentMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new LockscopeError('ingest.timeout', `nothing of the body arrived for ${silentMs / 1_000} s`));
    }, silentMs);
    work
      .then(resolve, (cause: unknown) =>
        reject(new LockscopeError('ingest.aborted', 'the client went away', { cause })),
      )
      .finally(() => clearTimeout(timer));
  });
}

function originOf(params: URLSearchParams, place: TraceBody, config: IngestConfig) {
  const service = params.get('service') ?? '';
  const given = params.getAll('label').map(parseLabel);
  const build = params.get('build') ?? '';
  if (build !== '') given.push(['build', build]);
  const labels = new Map(normaliseLabels(given, config));
  labels.delete('service_name');
  const pod = labels.get('pod');
  if (pod === 'unknown') labels.delete('pod');
  const source = sourceOf(params.get('source'));
  return {
    filename: params.get('filename') || params.get('name') || place.filename || 'execution.trace',
    service: service === '' ? undefined : service,
    pod: labels.get('pod'),
    build: labels.get('build'),
    labels: Object.fromEntries(labels),
    capturedAt: undefined,
    source,
    reason: source === 'push' ? 'sent by lockscope push' : 'uploaded',
  };
}

function sourceOf(text: string | null): CaptureSource {
  if (text === null || text === 'upload') return 'upload';
  if (text === 'push') return 'push';
  throw new LockscopeError('ingest.request', `source "${text.slice(0, 40)}" is neither upload nor push`, {
    place: 'query source',
  });
}

/** A capture is told as its first upload named it. */
function repeatedNote({ filename, service, build }: CaptureRecord): UploadDocument['notes'][number] {
  const whose = [service === undefined ? '' : ` for service ${service}`, build === undefined ? '' : `, build ${build}`];
  return {
    code: 'upload.repeated',
    message: `the same trace came before as ${filename}${whose.join('')}: it is one capture, as it was named then`,
  };
}

function documentOf(capture: CaptureRecord, notes: UploadDocument['notes']): UploadDocument {
  return {
    schema: 'lockscope/upload/v1',
    id: capture.id,
    url: `/traces/${capture.id}`,
    kind: 'trace',
    filename: capture.filename,
    service: capture.service ?? null,
    build: capture.build ?? null,
    samples: null,
    windows: 0,
    notes,
  };
}
