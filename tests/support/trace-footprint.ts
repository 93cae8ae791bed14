import { readHeader } from '@/lib/gotrace/header';
import type { ByteSource } from '@/lib/gotrace/source';
import { scanGeneration } from '@/lib/gotrace/wire/batches';
import { ByteReader } from '@/lib/gotrace/wire/byte-reader';
import { argumentCounts, eventName, eventType as type } from '@/lib/gotrace/wire/event-types';

export interface Footprint {
  bytes: number;
  count: number;
}

/**
 * Bytes and number of each kind of item in a trace, as `go tool trace -d=footprint` counts them: a batch is its header,
 * a table is its first byte, a string its id, length and text. Neither the header of the file is counted nor what the
 * sizes of batches are padded with: that is `padding`. Throws as `scanGeneration` does, and for a file that is cut.
 */
export function footprintOf(source: ByteSource): { items: Map<string, Footprint>; padding: number } {
  const format = readHeader(source);
  const counts = argumentCounts(format);
  const found = new Map<string, Footprint>();
  let padding = 0;
  const add = (id: number, bytes: number): void => {
    const known = found.get(eventName(id)) ?? { bytes: 0, count: 0 };
    found.set(eventName(id), { bytes: known.bytes + bytes, count: known.count + 1 });
  };
  for (let offset = 16; offset < source.size; ) {
    const { batches, end, cut } = scanGeneration(source, offset, format);
    if (cut !== undefined) throw cut;
    for (const { header, offset: start, size, experiment } of batches) {
      const padded = paddingBefore(source.read(header, start - header), size);
      padding += padded;
      add(experiment === undefined ? type.eventBatch : type.experimentalBatch, start - header - padded);
      if (experiment !== undefined) continue;
      const reader = new ByteReader(source.read(start, size), 0, size, start);
      while (reader.position < reader.end) {
        const from = reader.position;
        const id = reader.byte();
        skipItem(reader, id, counts);
        add(id, reader.position - from);
      }
    }
    if (format >= 26) add(type.endOfGeneration, 1);
    offset = end;
  }
  return { items: found, padding };
}

/** Bytes of a batch's header that its last integer, the size, could do without. */
function paddingBefore(header: Uint8Array, size: number): number {
  // The last byte of an integer is below 128, those before it are not.
  const written =
    1 +
    header
      .subarray(0, -1)
      .toReversed()
      .findIndex((byte) => byte < 0x80);
  const needed = size < 2 ** 7 ? 1 : size < 2 ** 14 ? 2 : 3;
  return written - needed;
}

/** Arguments of items that are no timed events; what varies in length is read in `skipItem`. */
const untimed = new Map<number, number>([
  [type.stacks, 0],
  [type.stack, 1],
  [type.strings, 0],
  [type.string, 1],
  [type.cpuSamples, 0],
  [type.cpuSample, 5],
  [type.frequency, 1],
  [type.sync, 0],
  [type.clockSnapshot, 4],
]);

function skipItem(reader: ByteReader, id: number, counts: Uint8Array): void {
  const args = untimed.get(id) ?? 1 + (counts[id] ?? 255);
  if (args > 5) throw new Error(`${eventName(id)} is no item of a batch`);
  for (let index = 0; index < args; index += 1) reader.varint();
  if (id === type.string) reader.take(reader.varint());
  if (id === type.stack) {
    for (let left = 4 * reader.varint(); left > 0; left -= 1) reader.varint();
  }
}
