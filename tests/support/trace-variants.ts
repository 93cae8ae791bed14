import { headerBytes, readHeader } from '@/lib/gotrace/header';
import { bufferSource } from '@/lib/gotrace/source';
import { type Batch, scanGeneration } from '@/lib/gotrace/wire/batches';
import { ByteReader } from '@/lib/gotrace/wire/byte-reader';
import { argumentCounts, eventType } from '@/lib/gotrace/wire/event-types';

interface WrittenBatch {
  readonly thread: number;
  readonly time: number;
  readonly payload: Uint8Array;
}

/** The trace without its first `count` generations, as a flight recorder leaves them out. */
export function withoutGenerations(trace: Uint8Array, count: number): Uint8Array {
  const format = readHeader(bufferSource(trace));
  let offset = headerBytes;
  for (let left = count; left > 0; left -= 1) offset = scanGeneration(bufferSource(trace), offset, format).end;
  return Buffer.concat([trace.subarray(0, headerBytes), trace.subarray(offset)]);
}

/** The trace as threads would have written it whose clocks go ahead by so many units each. */
export function withShiftedThreads(trace: Uint8Array, unitsOf: (thread: number) => number): Uint8Array {
  return rewritten(trace, ({ thread, time }, payload) => [
    { thread, time: thread === -1 ? time : time + unitsOf(thread), payload },
  ]);
}

/** The trace with batches that hold `events` events at most. */
export function withSmallBatches(trace: Uint8Array, events: number): Uint8Array {
  const counts = argumentCounts(readHeader(bufferSource(trace)));
  return rewritten(trace, ({ thread, time }, payload) => {
    if (payload.length === 0 || (counts[payload[0] ?? 0] ?? 255) === 255) return [{ thread, time, payload }];
    const parts: WrittenBatch[] = [];
    const reader = new ByteReader(payload, 0, payload.length, 0);
    let now = time;
    while (reader.position < reader.end) {
      const start = reader.position;
      const startTime = now;
      for (let left = events; left > 0 && reader.position < reader.end; left -= 1) {
        const args = counts[reader.byte()] ?? 0;
        now += reader.varint();
        for (let index = 0; index < args; index += 1) reader.varint();
      }
      parts.push({ thread, time: startTime, payload: payload.subarray(start, reader.position) });
    }
    return parts;
  });
}

function rewritten(
  trace: Uint8Array,
  change: (batch: Batch, payload: Uint8Array) => readonly WrittenBatch[],
): Uint8Array {
  const source = bufferSource(trace);
  const format = readHeader(source);
  const parts: Uint8Array[] = [trace.subarray(0, headerBytes)];
  for (let offset = headerBytes; offset < trace.length; ) {
    const { number, batches, end } = scanGeneration(source, offset, format);
    for (const batch of batches) {
      for (const { thread, time, payload } of change(batch, trace.subarray(batch.offset, batch.offset + batch.size))) {
        const integers = [number, thread === -1 ? 2n ** 64n - 1n : thread, time, payload.length];
        parts.push(Uint8Array.from([eventType.eventBatch, ...integers.flatMap(varint)]), payload);
      }
    }
    if (format >= 26) parts.push(Uint8Array.of(eventType.endOfGeneration));
    offset = end;
  }
  return Buffer.concat(parts);
}

function varint(value: number | bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}
