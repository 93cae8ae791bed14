import { readHeader } from '../../lib/gotrace/header';
import { bufferSource } from '../../lib/gotrace/source';
import { scanGeneration } from '../../lib/gotrace/wire/batches';
import { ByteReader } from '../../lib/gotrace/wire/byte-reader';
import { eventType } from '../../lib/gotrace/wire/event-types';

const headerBytes = 16;

/**
 * Moves the wall clock of an execution trace (Go >= 1.25) by whole seconds and leaves every other byte as it is: seconds
 * since 1970 take five bytes from 1978 on. Throws when the trace has no wall clock.
 */
export function shiftTrace(trace: Uint8Array, bySeconds: number): Uint8Array {
  const shifted = trace.slice();
  const source = bufferSource(trace);
  const format = readHeader(source);
  let clocks = 0;
  for (let offset = headerBytes; offset < trace.length; ) {
    const { batches, end } = scanGeneration(source, offset, format);
    for (const { offset: at, size } of batches) {
      if (trace[at] !== eventType.sync) continue;
      const reader = new ByteReader(trace, at + 2, at + size, 0);
      reader.varint(); // frequency
      reader.byte();
      reader.varint(); // time since the batch
      reader.varint(); // monotonic clock
      const place = reader.position;
      const seconds = reader.varint();
      if (reader.position - place !== 5) throw new Error(`a wall clock of ${reader.position - place} bytes`);
      writeFiveBytes(shifted, place, seconds + bySeconds);
      clocks += 1;
    }
    offset = end;
  }
  if (clocks === 0) throw new Error('the trace has no wall clock');
  return shifted;
}

function writeFiveBytes(bytes: Uint8Array, at: number, value: number): void {
  let rest = value;
  for (let index = 0; index < 5; index += 1) {
    bytes[at + index] = (rest % 128) + (index < 4 ? 128 : 0);
    rest = Math.floor(rest / 128);
  }
}
