import type { IncomingMessage } from 'node:http';
import { LockscopeError } from '@/lib/errors';

/**
 * The first bytes of a request's body, as many as `enough` asks for, or all of a shorter one. They stay in the request:
 * whoever reads it next finds the whole body. Throws `ingest.timeout`, `ingest.aborted`, and `ingest.empty` for no body.
 */
export function peekBody(
  request: IncomingMessage,
  enough: (bytes: Buffer) => boolean,
  timeoutMs: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const timer = setTimeout(() => {
      fail(new LockscopeError('ingest.timeout', `the body did not arrive within ${timeoutMs / 1_000} s`));
    }, timeoutMs);
    const leave = () => {
      clearTimeout(timer);
      request.off('readable', look).off('end', empty).off('close', abort).off('error', abort);
    };
    function fail(error: LockscopeError) {
      leave();
      reject(error);
    }
    const abort = () => fail(new LockscopeError('ingest.aborted', 'the client went away'));
    const empty = () => fail(new LockscopeError('ingest.empty', 'the file is empty'));
    function look() {
      // A read that finds nothing would end a stream whose bytes are to be put back.
      if (request.readableLength > 0) {
        const piece: unknown = request.read();
        if (piece instanceof Buffer) seen = Buffer.concat([seen, piece]);
      }
      if (!request.complete && !enough(seen)) return;
      if (seen.length === 0) return empty();
      leave();
      request.unshift(seen);
      resolve(seen);
    }
    request.on('readable', look).on('end', empty).on('close', abort).on('error', abort);
  });
}
