import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** A client that does not read its answer would hold the server for ever. */
const defaultGraceMs = 5_000;

/**
 * Takes no new connections, lets the answers under way be sent to the end, closes what is idle at once
 * (web sockets too) and what is left after `graceMs`; resolves when nothing is open any more.
 */
export type Drain = (graceMs?: number) => Promise<void>;

/**
 * Watches the connections of a server from its start on, for the way it will stop. What Node itself
 * calls idle when an HTTP server closes includes answers handed over but not sent yet, and no web sockets.
 */
export function drainOf(server: Server): Drain {
  /** Answers under way by connection. */
  const open = new Map<Socket, number>();
  let stopping = false;
  server.on('connection', (socket: Socket) => {
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', (req, res) => {
    const { socket } = req;
    open.set(socket, (open.get(socket) ?? 0) + 1);
    res.once('close', () => {
      const left = (open.get(socket) ?? 1) - 1;
      if (open.has(socket)) open.set(socket, left);
      if (stopping && left === 0) socket.end();
    });
  });
  return (graceMs = defaultGraceMs) =>
    new Promise((resolve) => {
      stopping = true;
      const cut = setTimeout(() => {
        for (const socket of open.keys()) socket.destroy();
      }, graceMs);
      // Not the HTTP server's own `close`, which would cut those.
      NetServer.prototype.close.call(server, () => {
        clearTimeout(cut);
        resolve();
      });
      for (const [socket, answers] of open) if (answers === 0) socket.destroy();
    });
}
