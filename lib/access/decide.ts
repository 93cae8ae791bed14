import { isSameSecret, secretOf } from '@/lib/access/credentials';
import { type AccessPolicy, hostName } from '@/lib/access/policy';
import { isSession, sessionOf } from '@/lib/access/session';
import type { UnixMs } from '@/lib/units';

/** What a decision needs to know of a request. `path` has no query. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  /** The browser asks for a page (and not a script for data). */
  readonly wantsPage: boolean;
}

export type Decision =
  /** `guest`: let in without credentials to a part that anyone may see, while others need them. */
  | { readonly kind: 'allow'; readonly guest: boolean }
  | { readonly kind: 'login'; readonly location: string }
  | { readonly kind: 'refuse'; readonly status: 401 | 403; readonly code: string; readonly reason: string };

const allow: Decision = { kind: 'allow', guest: false };

/** Routes that clients send profiles to; they have a token of their own. */
export function isIngestPath(path: string): boolean {
  return /^(?:\/pyroscope)?\/ingest\/?$/.test(path) || path.startsWith('/push.v1.');
}

/** Probes must work without a name and without credentials; they tell nothing but yes or no. */
function isProbe(path: string): boolean {
  return path === '/healthz' || path === '/readyz';
}

/** What the login page itself is made of. Any other method could reach an action of another page, except the form's own. */
function isLoginPart({ method, path }: RequestFacts): boolean {
  if (method !== 'GET' && method !== 'HEAD') return method === 'POST' && path === '/login';
  return path === '/login' || path.startsWith('/_next/static/') || path === '/icon.svg' || path === '/favicon.ico';
}

/** Whether a request may go on. Pure: the same facts, policy and time give the same answer. */
export function decideAccess(request: RequestFacts, policy: AccessPolicy, now: UnixMs): Decision {
  if (isProbe(request.path)) return allow;
  const foreign = foreignReason(request, policy);
  if (foreign !== undefined) return { kind: 'refuse', status: 403, ...foreign };
  const ingest = isIngestPath(request.path);
  const wanted = ingest ? policy.ingestToken : policy.token;
  if (wanted === undefined) return allow;
  const secret = secretOf(request.authorization);
  if (secret !== undefined && isSameSecret(secret, wanted)) return allow;
  const session = ingest ? undefined : sessionOf(request.cookie);
  if (session !== undefined && isSession(session, wanted, now)) return allow;
  if (isLoginPart(request)) return { kind: 'allow', guest: true };
  if (request.wantsPage && secret === undefined && !ingest) {
    return { kind: 'login', location: `/login?next=${encodeURIComponent(request.path + request.search)}` };
  }
  const name = ingest ? 'LOCKSCOPE_INGEST_TOKEN' : 'LOCKSCOPE_TOKEN';
  return {
    kind: 'refuse',
    status: 401,
    code: 'access.unauthenticated',
    reason: `${secret === undefined ? 'no credentials' : 'wrong credentials'}: send the value of ${name} as "Authorization: Bearer …" or as the password of the basic form`,
  };
}

/** Stops other web pages: DNS rebinding shows in `Host`, cross-site requests in `Origin`. */
function foreignReason(
  { host, origin }: RequestFacts,
  policy: AccessPolicy,
): { readonly code: string; readonly reason: string } | undefined {
  if (policy.hosts !== undefined && !(host !== undefined && policy.hosts.includes(hostName(host)))) {
    return {
      code: 'access.host',
      reason: `Host "${host ?? ''}" is not served here; add the name to LOCKSCOPE_ALLOWED_HOSTS`,
    };
  }
  if (origin === undefined || isOwnOrigin(origin, host, policy)) return undefined;
  return { code: 'access.origin', reason: `requests from pages of "${origin}" are refused` };
}

function isOwnOrigin(origin: string, host: string | undefined, policy: AccessPolicy): boolean {
  const [, originHost] = /^https?:\/\/([^/]+)$/i.exec(origin) ?? [];
  if (originHost === undefined) return false; // "null" and other schemes
  return originHost.toLowerCase() === host?.toLowerCase() || policy.origins.includes(hostName(originHost));
}
