import type { Server } from 'node:http';

/** A client that does not read its answer would hold the server for ever. */
const graceMs = 5_000;

/** Takes no new connections and resolves when the requests under way are answered, or cut off after 5 s. */
export function drainServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections(); // keep-alive sockets would hold the server open
    // A connection that becomes idle while others still work is found by looking again.
    const again = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.once('close', () => {
      clearInterval(again);
      clearTimeout(cut);
    });
  });
}
