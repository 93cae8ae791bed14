import type { IncomingMessage, ServerResponse } from 'node:http';
import { assertUnreachable } from '@/lib/errors';
import { afterRequest } from '@/lib/http/after-request';
import { refusalCode, refusalMessage, statusOf } from './refusal';
import { connectCode, connectStatus } from './wire/push';

/** The words in which a route's clients understand an answer. */
export type Protocol = 'pyroscope' | 'connect' | 'problem';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  405: 'Method not allowed',
  408: 'Request timeout',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not a profile that can be stored',
  429: 'Too many requests',
  503: 'Unavailable',
  507: 'Storage full',
};

/** Seconds after which a shed client may try again. */
const retryAfter = '2';

/** Answers a refused request. Bodies: Pyroscope `{code, message}`, Connect `{code, message}`, RFC 9457 problem. */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  protocol: Protocol,
  error: unknown,
): void {
  const status = statusOf(error);
  const code = refusalCode(error);
  const message = refusalMessage(error);
  if (status === 405) response.setHeader('Allow', 'POST');
  if (status === 429 || status === 503) response.setHeader('Retry-After', retryAfter);
  // The rest of the body would be taken for the next request.
  if (!request.complete) response.setHeader('Connection', 'close');
  switch (protocol) {
    case 'pyroscope':
      sendJson(response, status, 'application/json', { code, message });
      break;
    case 'connect': {
      const word = connectCode(code, status);
      if (code === 'ingest.content-type') response.setHeader('Accept-Post', 'application/proto, application/json');
      sendJson(response, connectStatus(word, status), 'application/json', { code: word, message });
      break;
    }
    case 'problem': {
      const problem = { type: 'about:blank', title: titles[status] ?? 'Error', status, code, detail: message };
      sendJson(response, status, 'application/problem+json', problem);
      break;
    }
    default:
      assertUnreachable(protocol);
  }
}

export function sendJson(response: ServerResponse, status: number, type: string, document: object): void {
  sendBytes(response, status, type, Buffer.from(JSON.stringify(document)));
}

export function sendBytes(response: ServerResponse, status: number, type: string, body: Buffer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length });
  // An empty body is none: as a chunk it would be a second buffer for the socket to write.
  if (response.req.complete) response.end(body.length === 0 ? undefined : body);
  else {
    // The whole answer now, its end later: Node closes the connection with it.
    response.write(body);
    afterRequest(response.req, () => response.end());
  }
}
