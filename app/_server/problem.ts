import { errorCode, errorMessage } from '@/lib/errors';

/** HTTP status of an error code, by its longest listed prefix; anything else is a fault of ours. */
const statusByCode: Readonly<Record<string, number>> = {
  'api.': 400,
  'api.no-route': 404,
  'selection.': 400,
  'store.matcher': 400,
  'store.page': 400,
  'store.step': 400,
  'store.mixed': 409,
  'store.busy': 503,
  'store.full': 507,
  'store.timeout': 503,
  'query.no-lock': 404,
  'query.no-service': 404,
  'query.no-type': 404,
  'catalog.target': 409,
  'upload.missing': 404,
  'trace.no-': 404,
  'trace.gone': 404,
  'trace.not-ready': 409,
  'trace.analysis-version': 409,
  'trace.window': 400,
  'trace.pixels': 400,
  'trace.lanes': 400,
  'trace.search': 400,
  'trace.busy': 409,
  'trace.conflict': 409,
  'trace.pause': 429,
  'scrape.address': 403,
  'scrape.unreachable': 502,
  'scrape.status': 502,
  'scrape.too-large': 502,
  'scrape.timeout': 504,
  'gotrace.': 502,
  'blobs.too-large': 502,
  'blobs.full': 507,
  'trace.closed': 503,
  'trace.timeout': 503,
};

function statusOf(code: string | undefined): number {
  const prefix = Object.keys(statusByCode)
    .filter((known) => code?.startsWith(known))
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? 500 : (statusByCode[prefix] ?? 500);
}

/** An RFC 9457 problem document with `code`, `detail` and, for input, `place`. Faults of ours are logged with their stack. */
export function problem(error: unknown): Response {
  const code = errorCode(error);
  const status = statusOf(code);
  if (status === 500) console.error(error);
  const place = typeof error === 'object' && error !== null && 'place' in error ? error.place : undefined;
  const body = {
    type: 'about:blank',
    title: code ?? 'internal',
    status,
    code: code ?? 'internal',
    detail: errorMessage(error),
    place,
  };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
}

/** Runs a route; what it throws becomes a problem document. */
export async function answer(route: () => Promise<Response>): Promise<Response> {
  try {
    return await route();
  } catch (error) {
    return problem(error);
  }
}
