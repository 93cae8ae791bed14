import { LockscopeError } from '@/lib/errors';
import type { ByteReader } from './byte-reader';
import { eventType } from './event-types';

/** The last one that has a date. */
const lastUnixSecond = 8.64e12;

/** The trace clock next to the machine's, as written by Go >= 1.25. */
export interface ClockSnapshot {
  readonly traceTime: number;
  readonly monotonicNs: number;
  readonly unixSeconds: number;
  readonly unixNanoseconds: number;
}

export interface Clock {
  /** Clock units a second. */
  readonly frequency: number;
  readonly snapshot: ClockSnapshot | undefined;
}

/** Whether a batch that begins with this byte holds the clock of its generation. */
export function isClock(firstByte: number, format: number): boolean {
  return firstByte === (format < 25 ? eventType.frequency : eventType.sync);
}

/** Reads a batch of which `isClock` is true. Throws `gotrace.clock`. */
export function readClock(reader: ByteReader, batchTime: number): Clock {
  const place = { place: `byte ${reader.fileOffset + reader.position}` };
  const alone = reader.byte() === eventType.frequency;
  if (!alone && reader.byte() !== eventType.frequency)
    throw new LockscopeError('gotrace.clock', 'a clock without a frequency', place);
  const frequency = reader.varint();
  if (frequency <= 0) throw new LockscopeError('gotrace.clock', `${frequency} clock units a second`, place);
  const snapshot = alone ? undefined : readSnapshot(reader, batchTime);
  if (reader.position < reader.end) throw new LockscopeError('gotrace.clock', 'a clock with more behind it', place);
  return { frequency, snapshot };
}

function readSnapshot(reader: ByteReader, batchTime: number): ClockSnapshot {
  const place = { place: `byte ${reader.fileOffset + reader.position}` };
  if (reader.byte() !== eventType.clockSnapshot)
    throw new LockscopeError('gotrace.clock', 'a clock without a snapshot', place);
  const traceTime = batchTime + reader.varint();
  const monotonicNs = reader.varint();
  const unixSeconds = reader.varint();
  const unixNanoseconds = reader.varint();
  const possible = unixSeconds >= 0 && unixSeconds <= lastUnixSecond && unixNanoseconds >= 0 && unixNanoseconds < 1e9;
  if (!possible || monotonicNs < 0 || traceTime < batchTime)
    throw new LockscopeError('gotrace.clock', 'a clock at an impossible time', place);
  return { traceTime, monotonicNs, unixSeconds, unixNanoseconds };
}
