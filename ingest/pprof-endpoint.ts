import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import { checkHost } from '@/lib/scrape-address';
import { guardedLookup } from './scrape-address';

export interface FetchLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** The address of a profile below a target's root or `/debug/pprof` folder: `block`, `profile?seconds=9`. */
export function endpointUrl(target: string, profile: string): URL {
  const url = new URL(target);
  const [name = '', query = ''] = profile.split('?');
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/debug/pprof') ? `${path}/${name}` : `${path}/debug/pprof/${name}`;
  url.search = query;
  return url;
}

/**
 * GETs one profile of a Go service. Redirects are not followed and link-local addresses not reached.
 * Throws `scrape.address`, `scrape.unreachable` (nothing answered), `scrape.status` (anything but 200, with the first
 * line of what was said), `scrape.too-large`, `scrape.timeout`.
 */
export function fetchEndpoint(url: URL, limits: FetchLimits, signal?: AbortSignal): Promise<Buffer> {
  checkHost(url);
  const get = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // A connection of its own: one kept from before a restart of the target would fail once.
    const request = get(
      url,
      { agent: false, lookup: guardedLookup, ...(signal === undefined ? {} : { signal }) },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > limits.maxBytes) {
            request.destroy(
              new LockscopeError('scrape.too-large', `${url.pathname} sends more than ${limits.maxBytes} bytes`),
            );
          } else chunks.push(chunk);
        });
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(timer);
          const body = Buffer.concat(chunks, length);
          if (response.statusCode === 200) resolve(body);
          else reject(badStatus(url, response.statusCode ?? 0, body));
        });
      },
    );
    const timer = setTimeout(() => {
      request.destroy(
        new LockscopeError('scrape.timeout', `${url.pathname} did not answer within ${limits.timeoutMs / 1_000} s`),
      );
    }, limits.timeoutMs);
    function fail(error: Error) {
      clearTimeout(timer);
      const ours = errorCode(error)?.startsWith('scrape.');
      reject(
        ours ? error : new LockscopeError('scrape.unreachable', `${url.host}: ${reason(error)}`, { cause: error }),
      );
    }
    request.on('error', fail);
    request.end();
  });
}

/** Node gathers the failures of several addresses in an AggregateError without a message of its own. */
function reason(error: Error): string {
  if (error.message !== '') return error.message;
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [];
  return first === undefined ? (errorCode(error) ?? 'no connection') : errorMessage(first);
}

function badStatus(url: URL, status: number, body: Buffer): LockscopeError {
  const said = body.toString('utf8', 0, 200).split('\n')[0]?.trim() ?? '';
  const hint = status === 404 ? 'no such profile there' : said;
  return new LockscopeError('scrape.status', `${url.pathname} answered ${status}${hint === '' ? '' : `: ${hint}`}`);
}
