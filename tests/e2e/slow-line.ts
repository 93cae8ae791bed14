import { createServer, request } from 'node:http';

export interface SlowLine {
  readonly url: string;
  /** Lets the next held part of a page through; false when the page is complete. */
  next(): boolean;
  close(): Promise<void>;
}

/** Where a part of a page begins that streams in after its frame; the first one is the title, of the frame. */
const partStart = /(?=<div hidden id="S:[1-9])/;

/**
 * A line to `target` over which a page arrives in parts: its frame at once, what streams in after it only part by
 * part, when asked for. Everything else passes at once.
 */
export async function startSlowLine(target: string): Promise<SlowLine> {
  const held: (() => void)[] = [];
  const server = createServer((incoming, outgoing) => {
    // The host stays the one the browser asked for: it is what the origin of its requests is compared with.
    const { 'accept-encoding': _, ...headers } = incoming.headers;
    const call = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      if (answer.headers['content-type']?.startsWith('text/html') !== true) {
        answer.pipe(outgoing);
        return;
      }
      let text = '';
      let frameSent = false;
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        const end = text.search(partStart);
        if (frameSent || end < 0) return;
        frameSent = true;
        outgoing.write(text.slice(0, end));
      });
      answer.on('end', () => {
        const [frame = '', ...parts] = text.split(partStart);
        if (!frameSent) outgoing.write(frame);
        if (parts.length === 0) outgoing.end();
        for (const [index, part] of parts.entries()) {
          held.push(() => {
            outgoing.write(part);
            if (index === parts.length - 1) outgoing.end();
          });
        }
      });
    });
    call.on('error', () => outgoing.destroy());
    incoming.pipe(call);
    outgoing.on('close', () => call.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the slow line has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    next() {
      held.shift()?.();
      return held.length > 0;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
