import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { errorCode, LockscopeError } from '@/lib/errors';
import { type Budget, requestOverheadBytes } from './budget';

export interface HeldBody {
  readonly bytes: Buffer;
  /** Gives the memory back; call it once the answer is out. */
  release(): void;
}

/**
 * Reads a whole request body, at most `maxBytes`, within `timeoutMs`, its memory booked with `budget`.
 * Throws `ingest.too-large` (before reading when the length is declared), `ingest.timeout`, `ingest.shed`,
 * `ingest.aborted` when the client went away.
 */
export function readBody(
  request: IncomingMessage,
  limits: { readonly maxBytes: number; readonly timeoutMs: number },
  budget: Budget,
): Promise<HeldBody> {
  const declared = request.headers['content-length'];
  const expected = declared === undefined ? 0 : Number(declared);
  if (expected > limits.maxBytes) return Promise.reject(tooLarge(limits.maxBytes));
  let held = requestOverheadBytes + expected;
  try {
    budget.reserve(held);
  } catch (error) {
    return Promise.reject(error);
  }
  const release = () => {
    budget.release(held);
    held = 0;
  };
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const fail = (error: unknown) => {
      clearTimeout(timer);
      request.off('data', take).off('end', finish).off('close', abort).off('error', abort);
      release();
      reject(error);
    };
    const abort = () => fail(new LockscopeError('ingest.aborted', 'the client went away'));
    const finish = () => {
      clearTimeout(timer);
      request.off('close', abort).off('error', abort);
      const [first] = chunks;
      resolve({ bytes: chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, length), release });
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > limits.maxBytes) return fail(tooLarge(limits.maxBytes));
      if (length > expected && declared === undefined) {
        try {
          budget.reserve(chunk.length);
          held += chunk.length;
        } catch (error) {
          return fail(error);
        }
      }
      chunks.push(chunk);
    };
    const timer = setTimeout(() => {
      fail(new LockscopeError('ingest.timeout', `the body did not arrive within ${limits.timeoutMs / 1_000} s`));
    }, limits.timeoutMs);
    request.on('data', take).on('end', finish).on('close', abort).on('error', abort);
  });
}

/** The body without its Content-Encoding. Throws `ingest.encoding`, `ingest.too-large` and `ingest.request`. */
export function decodeContent(bytes: Buffer, encoding: string | undefined, maxBytes: number): Buffer {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return bytes;
  if (name !== 'gzip') {
    throw new LockscopeError('ingest.encoding', `Content-Encoding "${name.slice(0, 40)}": only gzip is understood`);
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new LockscopeError('ingest.request', 'the body is no complete gzip stream', { cause: error });
  }
}

function tooLarge(maxBytes: number): LockscopeError {
  return new LockscopeError('ingest.too-large', `the body is larger than ${maxBytes} bytes`);
}
