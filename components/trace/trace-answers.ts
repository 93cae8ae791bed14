import type { TraceSearchResult, TraceTile, WaitDetail } from '@/lib/query/trace/result';
import type { HoldDetail } from './hold-detail';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Fetches an answer of the trace API and checks its shape. Throws the server's own sentence when it refused, and
 * `AbortError` when given up.
 */
export async function readTraceAnswer<T>(
  url: string,
  read: (fields: Fields) => T | undefined,
  signal: AbortSignal,
): Promise<T> {
  const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
  const body: unknown = await response.json().catch(() => undefined);
  if (!isFields(body)) throw new Error(`the server answered ${response.status} without a document`);
  if (!response.ok)
    throw new Error(typeof body.detail === 'string' ? body.detail : `the server answered ${response.status}`);
  const value = read(body);
  if (value === undefined) throw new Error('the server answered in a shape that this page does not know');
  return value;
}

export function readTile(fields: Fields): TraceTile | undefined {
  return isTile(fields) ? fields : undefined;
}

export function readWait(fields: Fields): WaitDetail | undefined {
  return isWait(fields) ? fields : undefined;
}

export function readHold(fields: Fields): HoldDetail | undefined {
  return isHold(fields) ? fields : undefined;
}

export function readFound(fields: Fields): TraceSearchResult | undefined {
  return isFound(fields) ? fields : undefined;
}

// The server that sent this page answers; what is checked here tells a tile from any other document of it.
function isTile(fields: Fields): fields is Fields & TraceTile {
  return (
    typeof fields.fromNs === 'number' &&
    typeof fields.toNs === 'number' &&
    [fields.states, fields.gc, fields.holders, fields.waiters, fields.lanes].every(Array.isArray)
  );
}

function isWait(fields: Fields): fields is Fields & WaitDetail {
  return typeof fields.wait === 'number' && Array.isArray(fields.stack) && Array.isArray(fields.chain);
}

function isHold(fields: Fields): fields is Fields & HoldDetail {
  return typeof fields.lockName === 'string' && Array.isArray(fields.parts) && Array.isArray(fields.woken);
}

function isFound(fields: Fields): fields is Fields & TraceSearchResult {
  return typeof fields.query === 'string' && Array.isArray(fields.rows);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
