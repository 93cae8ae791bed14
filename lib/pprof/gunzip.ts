import { gunzipSync } from 'node:zlib';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';

/**
 * The message inside `bytes`: one or several gzip members unpacked and joined, anything else as it is.
 * Unpacking stops as soon as `maxBytes` are exceeded. Throws `pprof.too-large`, `pprof.truncated` (the stream ends
 * early) and `pprof.bad-gzip` (checksum, header, or anything after the last member).
 */
export function gunzipped(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes.length < 2 || bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (bytes.length > maxBytes) throw tooLarge(maxBytes);
    return bytes;
  }
  const { buffer, consumed } = unpack(bytes, maxBytes);
  if (consumed < bytes.length) {
    const rest = bytes.length - consumed;
    throw new LockscopeError('pprof.bad-gzip', `${rest} bytes follow the gzip stream`, { place: `byte ${consumed}` });
  }
  return buffer;
}

function unpack(bytes: Uint8Array, maxBytes: number): { buffer: Uint8Array; consumed: number } {
  try {
    // With `info` Node also returns the engine, whose counter says where the last member ended; its types leave that out.
    const unpacked: unknown = gunzipSync(bytes, {
      info: true,
      maxOutputLength: maxBytes,
      chunkSize: chunkSizeFor(bytes, maxBytes),
    });
    const { buffer, engine } = unpacked as { buffer: Uint8Array; engine: { bytesWritten: number } };
    return { buffer, consumed: engine.bytesWritten };
  } catch (error) {
    switch (errorCode(error)) {
      case 'ERR_BUFFER_TOO_LARGE':
        throw tooLarge(maxBytes);
      case 'Z_BUF_ERROR':
        throw new LockscopeError('pprof.truncated', 'the gzip stream ends early', { place: `byte ${bytes.length}` });
      default:
        throw new LockscopeError('pprof.bad-gzip', `the gzip stream is damaged: ${errorMessage(error)}`, {
          cause: error,
        });
    }
  }
}

/** The last four bytes of a member tell its size: a hint, so that the usual profile fits in one chunk. */
function chunkSizeFor(bytes: Uint8Array, maxBytes: number): number {
  const end = bytes.length;
  const size = end < 18 ? 0 : new DataView(bytes.buffer, bytes.byteOffset + end - 4, 4).getUint32(0, true) + 64;
  return Math.max(1024, Math.min(size, maxBytes, 1024 * 1024));
}

function tooLarge(maxBytes: number): LockscopeError {
  return new LockscopeError('pprof.too-large', `the profile is larger than ${maxBytes} bytes`);
}
