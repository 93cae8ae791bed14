import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { errorCode, LockscopeError } from '@/lib/errors';
import { checkHost } from '@/lib/scrape-address';
import { endpointUrl } from './pprof-endpoint';
import { guardedLookup } from './scrape-address';

/** Where a Go service records a trace of `seconds`. */
export function traceUrl(target: string, seconds: number): URL {
  return endpointUrl(target, `trace?seconds=${seconds}`);
}

/** Where a service gives what its flight recorder holds (examples/order-service). */
export function flightRecorderUrl(target: string): URL {
  const url = new URL(target);
  url.pathname = `${url.pathname.replace(/\/+$/, '').replace(/\/debug\/pprof$/, '')}/debug/lockscope/flightrecorder`;
  return url;
}

/** How far back a flight recorder looks, ms, as its service tells in `X-Lockscope-Lookback-Ms`; undefined = it does not. */
export function lookBackMsOf(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['x-lockscope-lookback-ms'];
  return typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * The bytes that a tracing endpoint sends, as they come; nothing is asked before the first is wanted. `onHead` is told
 * the headers of an answer that is a trace. Throws
 * `trace.conflict` when the service is being traced already, `scrape.address`, `scrape.unreachable`, `scrape.status`
 * with what was said, `scrape.timeout` when all of it takes longer than `timeoutMs`.
 */
export async function* fetchTrace(
  url: URL,
  timeoutMs: number,
  signal: AbortSignal,
  onHead: (headers: IncomingHttpHeaders) => void = () => {},
): AsyncGenerator<Uint8Array> {
  checkHost(url);
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await open(url, AbortSignal.any([signal, late]));
    if (response.statusCode !== 200) throw refusal(url, response.statusCode ?? 0, await firstLine(response));
    onHead(response.headers);
    yield* response;
  } catch (error) {
    if (/^(?:scrape|trace)\./.test(errorCode(error) ?? '')) throw error;
    if (late.aborted)
      throw new LockscopeError('scrape.timeout', `${url.pathname} took longer than ${timeoutMs / 1_000} s`);
    const why = error instanceof Error ? error.message || errorCode(error) : String(error);
    throw new LockscopeError('scrape.unreachable', `${url.host}: ${why}`, { cause: error });
  }
}

function open(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, lookup: guardedLookup, signal }, resolve);
    request.on('error', reject);
    request.end();
  });
}

async function firstLine(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of response) {
    text += String(piece);
    if (text.length > 200) break;
  }
  return text.slice(0, 200).split('\n')[0]?.trim() ?? '';
}

function refusal(url: URL, status: number, said: string): LockscopeError {
  if (status === 409 || (status === 500 && /could not enable tracing/i.test(said))) {
    return new LockscopeError(
      'trace.conflict',
      `the service cannot be traced now: it says "${said}". Go records one trace of a process at a time; try again when the other one is done`,
    );
  }
  const hint = status === 404 ? 'there is no such endpoint' : said;
  return new LockscopeError('scrape.status', `${url.pathname} answered ${status}${hint === '' ? '' : `: ${hint}`}`);
}
