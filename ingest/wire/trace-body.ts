import { constants, gunzipSync } from 'node:zlib';
import { LockscopeError } from '@/lib/errors';
import { headerBytes, looksLikeTrace } from '@/lib/gotrace/header';

/** How much of a form is searched for the part with the file. */
const searchedBytes = 64 * 1_024;

/** Where a trace stands in a request's body. */
export interface TraceBody {
  /** Bytes before its first one. */
  readonly offset: number;
  /** What ends it; undefined = the end of the body. */
  readonly delimiter: Buffer | undefined;
  readonly filename: string | undefined;
}

/**
 * Where an execution trace begins in a body of which the first bytes are at hand: at once, or in a part of a form
 * (RFC 7578). `none`: the body is something else. `more`: too few bytes to tell.
 */
export function findTrace(head: Buffer, contentType: string): TraceBody | 'more' | 'none' {
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    if (head.length < headerBytes) return 'more';
    return looksLikeTrace(head) ? { offset: 0, delimiter: undefined, filename: undefined } : 'none';
  }
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  const text = boundary?.[1] ?? boundary?.[2];
  if (text === undefined) return 'none';
  const unknown = head.length < searchedBytes ? 'more' : 'none';
  const delimiter = Buffer.from(`--${text}`, 'latin1');
  for (let at = head.indexOf(delimiter); at >= 0; at = head.indexOf(delimiter, at + 1)) {
    const headersEnd = head.indexOf('\r\n\r\n', at, 'latin1');
    if (headersEnd < 0) return unknown;
    const offset = headersEnd + 4;
    if (head.length < offset + headerBytes) return unknown;
    if (looksLikeTrace(head.subarray(offset))) {
      const filename = /;\s*filename="([^"]*)"/i.exec(head.toString('latin1', at, headersEnd))?.[1];
      return { offset, delimiter: Buffer.concat([Buffer.from('\r\n'), delimiter]), filename };
    }
  }
  return unknown;
}

/** So many bytes of a gzip file, with a name in its header, always unpack to a trace's first 16. */
const packedBytes = 1_024;

/** Whether a body is an execution trace inside gzip, which no Go program writes. `more`: too few bytes to tell. */
export function isPackedTrace(head: Buffer): boolean | 'more' {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return false;
  if (head.length < packedBytes) return unpackedBegins(head) || 'more';
  return unpackedBegins(head);
}

/** Why such a body is refused. */
export function packedTrace(): LockscopeError {
  const message = 'an execution trace inside gzip: unpack it, and send it as it was recorded';
  return new LockscopeError('gotrace.packed', message, { place: 'byte 0' });
}

function unpackedBegins(head: Buffer): boolean {
  try {
    // What there is of it: the end of the file is not at hand.
    return looksLikeTrace(gunzipSync(head.subarray(0, packedBytes), { finishFlush: constants.Z_SYNC_FLUSH }));
  } catch {
    return false;
  }
}

/** The bytes of a trace out of the body around it, as they come. Throws `ingest.multipart` when the form is cut short. */
export async function* traceBytes(
  body: AsyncIterable<Buffer>,
  { offset, delimiter }: TraceBody,
): AsyncGenerator<Buffer> {
  let skip = offset;
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    const piece = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - piece.length;
    if (delimiter === undefined) {
      if (piece.length > 0) yield piece;
      continue;
    }
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const end = held.indexOf(delimiter);
    if (end >= 0) {
      yield held.subarray(0, end);
      return;
    }
    // The delimiter may begin in the last bytes at hand.
    const certain = Math.max(0, held.length - delimiter.length + 1);
    if (certain > 0) yield held.subarray(0, certain);
    held = held.subarray(certain);
  }
  if (delimiter !== undefined) {
    throw new LockscopeError('ingest.multipart', 'multipart body: a part without closing boundary');
  }
}
