import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { errorMessage, LockscopeError } from '@/lib/errors';

export interface Remote {
  readonly url: string;
  readonly token: string | undefined;
}

/** Where `--server`, `--token` or their variables point; undefined without a server. */
export function remoteOf(
  values: { readonly server?: string | undefined; readonly token?: string | undefined },
  env: Readonly<Record<string, string | undefined>>,
  tokenVariable = 'LOCKSCOPE_TOKEN',
): Remote | undefined {
  const url = values.server ?? env.LOCKSCOPE_URL;
  if (url === undefined) return undefined;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new LockscopeError('cli.usage', `--server ${url}: an address starts with http:// or https://`);
  }
  return { url, token: values.token ?? env[tokenVariable] };
}

export type RemoteAnswer =
  | { readonly ok: true; readonly body: unknown }
  /** The server understood and refused this body: 400, 413, 422. */
  | { readonly ok: false; readonly reason: string };

const refusal = z.looseObject({
  code: z.string().optional(),
  detail: z.string().optional(),
  message: z.string().optional(),
});

/**
 * POSTs bytes to a server. A body the server cannot use is an answer; everything else throws:
 * `remote.unreachable`, `remote.refused` (credentials, overload, failure of the server) with its words.
 */
export function postBytes(
  remote: Remote,
  path: string,
  query: URLSearchParams,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<RemoteAnswer> {
  return post(remote, path, query, { body: bytes });
}

/** The same for a file, read while it is sent. */
export function postFile(remote: Remote, path: string, query: URLSearchParams, file: string): Promise<RemoteAnswer> {
  const body = Readable.toWeb(createReadStream(file));
  // Node's web streams are the platform's; only their types have two names. `duplex` is not in the DOM's types.
  return post(remote, path, query, { body: body as ReadableStream, ...{ duplex: 'half' } });
}

async function post(remote: Remote, path: string, query: URLSearchParams, init: RequestInit): Promise<RemoteAnswer> {
  const url = new URL(path, remote.url.endsWith('/') ? remote.url : `${remote.url}/`);
  url.search = query.toString();
  const headers: Record<string, string> = { 'content-type': 'application/octet-stream' };
  if (remote.token !== undefined) headers.authorization = `Bearer ${remote.token}`;
  let response: Response;
  try {
    response = await fetch(url, { ...init, method: 'POST', headers, redirect: 'error' });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new LockscopeError('remote.unreachable', `${url.origin}: ${errorMessage(cause)}`, { cause: error });
  }
  const text = await response.text();
  const body = parseJson(text);
  if (response.ok) return { ok: true, body };
  const parsed = refusal.safeParse(body);
  const said = parsed.success ? (parsed.data.detail ?? parsed.data.message ?? parsed.data.code) : undefined;
  const reason = said ?? `the server answered ${response.status}`;
  if ([400, 413, 422].includes(response.status)) return { ok: false, reason };
  throw new LockscopeError('remote.refused', `${url.origin} answered ${response.status}: ${reason}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only documents are of interest: an empty 200 has none, a proxy's error page is told by its status.
    return undefined;
  }
}
