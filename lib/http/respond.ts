import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers with a text and ends. */
export function sendText(res: ServerResponse, status: number, type: string, text: string): void {
  const body = Buffer.from(text);
  res.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length, 'Cache-Control': 'no-store' });
  res.end(body);
}

/** RFC 9457 problem document with our `code`. */
export function sendProblem(res: ServerResponse, status: number, code: string, detail: string): void {
  const problem = { type: 'about:blank', title: titles[status] ?? 'Error', status, code, detail };
  sendText(res, status, 'application/problem+json', JSON.stringify(problem));
}

/** The error form of the Pyroscope and Connect protocols. */
export function sendProtocolError(res: ServerResponse, status: number, code: string, message: string): void {
  sendText(res, status, 'application/json', JSON.stringify({ code, message }));
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthenticated',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Too large',
  500: 'Internal error',
  503: 'Unavailable',
  507: 'Storage full',
};

/** A body of at most `maxBytes`, or undefined when it is longer. */
export async function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of req) {
    if (!(piece instanceof Buffer)) continue; // no encoding is set on our requests, so every piece is a Buffer
    size += piece.length;
    if (size > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The first value of a header. */
export function header(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
