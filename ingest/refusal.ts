import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';

/** Error codes of the write path and the HTTP status each becomes; codes of the decoder (`pprof.*`) are 422. */
const statuses: Readonly<Record<string, number>> = {
  'ingest.metadata': 400,
  'ingest.multipart': 400,
  'ingest.request': 400,
  'ingest.timeout': 408,
  'ingest.too-large': 413,
  'ingest.method': 405,
  'ingest.call': 501,
  'ingest.encoding': 415,
  'ingest.content-type': 415,
  'ingest.format': 422,
  'ingest.empty': 422,
  'ingest.client-version': 422,
  'ingest.kind': 422,
  'ingest.window': 422,
  'ingest.too-old': 422,
  'ingest.too-new': 422,
  'ingest.labels': 422,
  'pprof.too-large': 413,
  'ingest.worker': 500,
  'ingest.shed': 429,
  'ingest.rate': 429,
  'store.busy': 429,
  'store.closed': 503,
  'store.full': 507,
  'blobs.full': 507,
  'blobs.too-large': 413,
};

/** The status of a refused request: 422 for anything wrong with a profile, 500 for what nobody foresaw. */
export function statusOf(error: unknown): number {
  const code = errorCode(error);
  if (code === undefined) return 500;
  const known = statuses[code];
  if (known !== undefined) return known;
  return code.startsWith('pprof.') ||
    code.startsWith('profile.') ||
    code.startsWith('gotrace.') ||
    code.startsWith('ingest.') ||
    code.startsWith('store.window.')
    ? 422
    : 500;
}

/** `code` for counters and answers; `internal` for what is no Lockscope error. */
export function refusalCode(error: unknown): string {
  return errorCode(error) ?? 'internal';
}

/** The sentence a client is shown: with the place for our errors, without inner details for the others. */
export function refusalMessage(error: unknown): string {
  if (errorCode(error) === undefined) return 'the server failed; its log says why';
  const place = error instanceof LockscopeError || hasPlace(error) ? error.place : undefined;
  const message = errorMessage(error);
  return place === undefined || message.includes(place) ? message : `${message} (at ${place})`;
}

function hasPlace(error: unknown): error is { place: string | undefined } {
  return typeof error === 'object' && error !== null && 'place' in error && typeof error.place === 'string';
}
