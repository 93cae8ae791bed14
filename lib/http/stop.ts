import type { Server } from 'node:http';

/** Takes no new connections and resolves when the requests under way are answered. */
export function drainServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections(); // keep-alive sockets would hold the server open
    // A connection that becomes idle while others still work is found by looking again.
    const again = setInterval(() => server.closeIdleConnections(), 50);
    server.once('close', () => clearInterval(again));
  });
}
