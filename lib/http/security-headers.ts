import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Sets what every answer carries. Nothing is loaded from another host. Scripts need this request's
 * nonce, which Next reads from the request's own policy header and puts on the scripts it writes;
 * styles may stand in attributes, because charts place their parts so.
 */
export function setSecurityHeaders(req: IncomingMessage, res: ServerResponse, development: boolean): void {
  const nonce = randomBytes(16).toString('base64');
  // Development only: React rebuilds stack traces with eval, hot reload opens a web socket.
  const policy = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}'${development ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  req.headers['content-security-policy'] = policy;
  req.headers['x-nonce'] = nonce;
  res.setHeader('Content-Security-Policy', policy);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('Referrer-Policy', 'same-origin');
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}
