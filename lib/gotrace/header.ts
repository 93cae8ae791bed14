import { LockscopeError } from '@/lib/errors';
import type { ByteSource } from './source';
import type { TraceFormat } from './trace';

/** Bytes before the first batch. */
export const headerBytes = 16;

/** Whether bytes begin like an execution trace of any Go version. */
export function looksLikeTrace(bytes: Uint8Array): boolean {
  return /^go 1\.\d{1,2} trace\0/.test(new TextDecoder('latin1').decode(bytes.subarray(0, headerBytes)));
}

/**
 * The format of a trace, from its first 16 bytes. Throws `gotrace.header` for what is no trace of any Go version,
 * `gotrace.too-old` for Go 1.21 and older, `gotrace.too-new` for a format nobody knows yet.
 */
export function readHeader(source: ByteSource): TraceFormat {
  const text = new TextDecoder('latin1').decode(source.read(0, headerBytes));
  const version = /^go 1\.(\d{1,2}) trace\0+$/.exec(text)?.[1];
  if (version === undefined || text.length < headerBytes) {
    throw new LockscopeError('gotrace.header', 'this is no Go execution trace', { place: 'byte 0' });
  }
  const number = Number(version);
  if (number < 22) {
    const message = 'recorded by Go 1.21 or older: record it again with a program built by Go 1.22 or newer';
    throw new LockscopeError('gotrace.too-old', message, { place: 'byte 0' });
  }
  if (number === 22 || number === 23 || number === 25 || number === 26) return number;
  if (number === 24) {
    const message = 'no Go version writes the trace format 1.24: Go 1.24 writes 1.23';
    throw new LockscopeError('gotrace.header', message, { place: 'byte 0' });
  }
  throw new LockscopeError('gotrace.too-new', `trace format 1.${number} is newer than the newest known here, 1.26`, {
    place: 'byte 0',
  });
}
