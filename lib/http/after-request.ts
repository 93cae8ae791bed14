import type { IncomingMessage } from 'node:http';

/** A client that has been silent for so long is not sending a body. */
const idleMs = 1_000;
/** Nobody may hold a connection for longer with a body that nobody wants. */
const mostMs = 10_000;

/**
 * Throws away what still comes of a request, then calls `done`, once: at its end, when nothing came for a second, or
 * after ten. A connection closed under a sending client shows it a broken pipe instead of the answer.
 */
export function afterRequest(request: IncomingMessage, done: () => void): void {
  const idle = setTimeout(finish, idleMs);
  const most = setTimeout(finish, mostMs);
  const more = () => void idle.refresh();
  function finish() {
    clearTimeout(idle);
    clearTimeout(most);
    request.off('data', more).off('end', finish).off('close', finish);
    done();
  }
  request.on('data', more).once('end', finish).once('close', finish).resume();
}
