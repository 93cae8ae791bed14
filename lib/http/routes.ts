import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessPolicy } from '@/lib/access/policy';
import type { Metric } from '@/lib/context';
import { errorMessage } from '@/lib/errors';
import type { EventStreams } from '@/lib/http/events';
import { passesGuard } from '@/lib/http/guard';
import { handleLogin } from '@/lib/http/login';
import { metricsText } from '@/lib/http/metrics-text';
import { sendProblem, sendText } from '@/lib/http/respond';
import { setSecurityHeaders } from '@/lib/http/security-headers';
import { unixMs } from '@/lib/units';

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

export interface Routes {
  readonly policy: AccessPolicy;
  readonly development: boolean;
  readonly ingest: { handles(url: string): boolean; handle: Handle };
  /** Next: everything that is not listed here. */
  readonly pages: Handle;
  readonly events: EventStreams;
  /** Why nothing can be stored now, or undefined. */
  readonly unready: () => Promise<string | undefined>;
  /** Called for each request that lacks credentials or comes from elsewhere, with its code. */
  readonly noteRefused: (code: string) => void;
  readonly metrics: () => Promise<readonly Metric[]>;
}

/** The server's request listener: our own routes first, all else to Next. Never throws. */
export function createListener(routes: Routes): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    dispatch(routes, req, res).catch((error: unknown) => {
      console.error(`request failed: ${req.method} ${req.url}: ${errorMessage(error)}`);
      if (res.headersSent) res.destroy();
      else sendProblem(res, 500, 'internal', 'the server failed; its log says why');
    });
  };
}

async function dispatch(routes: Routes, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const text = req.url ?? '/';
  const url = urlOf(text);
  if (url === undefined) return sendProblem(res, 400, 'request.url', 'the URL cannot be read');
  const methods = methodsOf(url.pathname);
  const refused = methods !== undefined && !methods.includes(req.method ?? '');
  if (url.pathname === '/healthz' && !refused) return sendText(res, 200, 'text/plain', 'ok\n');
  if (!passesGuard(req, res, url, routes.policy, unixMs(Date.now()), routes.noteRefused)) return;
  if (routes.ingest.handles(text)) return routes.ingest.handle(req, res);
  if (refused) {
    res.setHeader('Allow', methods.join(', '));
    return sendProblem(res, 405, 'request.method', `${req.method}: only ${methods.join(' and ')}`);
  }
  switch (url.pathname) {
    case '/readyz': {
      const reason = await routes.unready();
      return sendText(res, reason === undefined ? 200 : 503, 'text/plain', `${reason ?? 'ok'}\n`);
    }
    case '/metrics':
      return sendText(res, 200, 'text/plain; version=0.0.4; charset=utf-8', metricsText(await routes.metrics()));
    case '/api/v1/events':
      return routes.events.handle(req, res);
  }
  setSecurityHeaders(req, res, routes.development);
  if (url.pathname === '/login' && req.method === 'POST') {
    return handleLogin(req, res, routes.policy.token, unixMs(Date.now()), routes.noteRefused);
  }
  return routes.pages(req, res);
}

/** The URL of a request target, or undefined for one that no route could read. */
function urlOf(target: string): URL | undefined {
  // One leading slash: `//name/path` and `http://name/path` would be read as another server's path.
  if (!/^\/(?!\/)/.test(target) || !URL.canParse(target, 'http://localhost')) return undefined;
  const url = new URL(target, 'http://localhost');
  try {
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    return undefined; // Next answers such a path with 500
  }
}

const reads = ['GET', 'HEAD'];

/** What below /api takes more than a question; the upload is an ingest route. */
const writes: readonly (readonly [path: RegExp, methods: readonly string[]])[] = [
  [/^\/api\/v1\/traces\/[^/]+$/, [...reads, 'DELETE']],
  [/^\/api\/v1\/traces\/[^/]+\/(?:cancel|analyse)$/, ['POST']],
  [/^\/api\/v1\/deploys$/, ['POST']],
  [/^\/api\/v1\/targets\/[^/]+\/trace$/, ['POST']],
  [/^\/api\/v1\/targets\/[^/]+\/arm$/, [...reads, 'POST', 'DELETE']],
];

/** The methods that a path has; undefined for pages, which have actions that are POSTs. */
function methodsOf(path: string): readonly string[] | undefined {
  if (path === '/healthz' || path === '/readyz' || path === '/metrics') return reads;
  return path.startsWith('/api/') ? (writes.find(([form]) => form.test(path))?.[1] ?? reads) : undefined;
}
