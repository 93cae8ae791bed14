import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseMultipart } from './multipart';
import type { RecordedRequest } from './pack';
import { inflate } from './pack';

const KEPT_HEADERS = ['user-agent', 'accept-encoding', 'x-scope-orgid'];

export interface Receiver {
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** What could not be taken apart, in words; a recording with any is not to be used. */
  readonly refused: string[];
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1 that answers 200 to POST /ingest and keeps every upload; `start` is arrival 0. */
export async function startReceiver(start: Date): Promise<Receiver> {
  const requests: RecordedRequest[] = [];
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://receiver');
    if (request.method !== 'POST' || pathname !== '/ingest') {
      response.writeHead(404).end();
      return;
    }
    const arrival = Date.now() - start.getTime();
    readBody(request)
      .then((body) => {
        const parts = parseMultipart(body, request.headers['content-type'] ?? '');
        requests.push({
          arrival,
          query: search.slice(1),
          headers: keptHeaders(request),
          parts: parts.map((part) => ({ ...part, body: inflate(part.body) })),
        });
        response.writeHead(200).end();
      })
      .catch((error: unknown) => {
        refused.push(`${search}: ${String(error)}`);
        response.writeHead(422).end();
      });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    refused,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set, so chunks are buffers
  return Buffer.concat(chunks);
}

function keptHeaders(request: IncomingMessage): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  return kept;
}
