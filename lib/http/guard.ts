import type { IncomingMessage, ServerResponse } from 'node:http';
import { decideAccess, isIngestPath } from '@/lib/access/decide';
import type { AccessPolicy } from '@/lib/access/policy';
import { assertUnreachable } from '@/lib/errors';
import { afterRequest } from '@/lib/http/after-request';
import { header, sendProblem, sendProtocolError } from '@/lib/http/respond';
import type { UnixMs } from '@/lib/units';

/** Set on requests handed to Next: `1` when the visitor has shown no credentials and only the login page may be drawn. */
const guestHeader = 'x-lockscope-guest';

/**
 * Answers a request that may not go on, in the words of the protocol it speaks; true when it may.
 * Marks guests for the pages, whatever a client wrote there itself. Each refusal is noted by its code.
 */
export function passesGuard(
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  policy: AccessPolicy,
  now: UnixMs,
  noteRefused: (code: string) => void,
): boolean {
  const decision = decideAccess(
    {
      method: req.method ?? 'GET',
      path: url.pathname,
      search: url.search,
      host: header(req, 'host'),
      origin: header(req, 'origin'),
      authorization: header(req, 'authorization'),
      cookie: header(req, 'cookie'),
      wantsPage: req.method === 'GET' && (header(req, 'accept') ?? '').includes('text/html'),
    },
    policy,
    now,
  );
  switch (decision.kind) {
    case 'allow':
      req.headers[guestHeader] = decision.guest ? '1' : '0';
      return true;
    case 'login':
      res.writeHead(303, { Location: decision.location, 'Cache-Control': 'no-store' }).end();
      return false;
    case 'refuse':
      noteRefused(decision.code);
      // The rest of a long body is not read: the connection cannot be used again.
      res.setHeader('Connection', 'close');
      if (decision.status === 401) res.setHeader('WWW-Authenticate', 'Bearer realm="lockscope"');
      afterRequest(req, () => {
        if (isIngestPath(url.pathname)) {
          const code = decision.status === 401 ? 'unauthenticated' : 'permission_denied';
          sendProtocolError(res, decision.status, code, decision.reason);
        } else {
          sendProblem(res, decision.status, decision.code, decision.reason);
        }
      });
      return false;
    default:
      return assertUnreachable(decision);
  }
}
