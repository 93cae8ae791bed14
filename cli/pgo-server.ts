import { z } from 'zod';
import { errorMessage, LockscopeError } from '@/lib/errors';
import { decodePprof } from '@/lib/pprof/decode';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { StoredCpu } from './pgo-options';

const problemSchema = z.looseObject({ detail: z.string().optional(), place: z.string().optional() });

export interface FetchedCpu {
  readonly profile: WireProfile;
  /** Pods, each once for every build that it ran, and the wall time of all their windows; undefined = not told. */
  readonly series: number | undefined;
  readonly wallSeconds: number | undefined;
}

/**
 * The stored CPU profiles of a service, merged by the server. Throws `cli.usage` for an argument that the server names as wrong,
 * `input.unusable` when it has no CPU profile there, `remote.unreachable`, `remote.refused` with the server's words,
 * and what `decodePprof` throws.
 */
export async function fetchStoredCpu({ remote, service, query }: StoredCpu): Promise<FetchedCpu> {
  const path = `api/v1/services/${encodeURIComponent(service)}/flamegraph`;
  const url = new URL(path, remote.url.endsWith('/') ? remote.url : `${remote.url}/`);
  const headers: Record<string, string> = remote.token === undefined ? {} : { authorization: `Bearer ${remote.token}` };
  url.search = new URLSearchParams([...query, ['type', 'process_cpu:cpu'], ['format', 'pprof']]).toString();
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, { headers });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new LockscopeError('remote.unreachable', `${url.origin}: ${errorMessage(cause)}`, { cause: error });
  }
  if (!response.ok) throw refusal(response.status, bytes, url);
  return {
    profile: decodePprof(bytes),
    series: numberHeader(response, 'lockscope-series'),
    wallSeconds: numberHeader(response, 'lockscope-wall-seconds'),
  };
}

function numberHeader(response: Response, name: string): number | undefined {
  const value = Number(response.headers.get(name) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

function refusal(status: number, body: Uint8Array, url: URL): LockscopeError {
  const { data } = problemSchema.safeParse(jsonOf(body));
  const detail = data?.detail ?? '';
  if (data?.place === 'query type') return new LockscopeError('input.unusable', `${url.origin}: ${detail}`);
  // The query is made of our arguments, so a parameter that is wrong is an argument that is.
  if (status === 400 && data?.place?.startsWith('query ')) return new LockscopeError('cli.usage', detail);
  return new LockscopeError('remote.refused', `${url.origin} answered ${status}${detail === '' ? '' : `: ${detail}`}`);
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    // A proxy's error page: the status tells.
    return undefined;
  }
}
