import { LockscopeError } from '@/lib/errors';
import { type ByteReader, none } from './byte-reader';
import { eventType } from './event-types';

/** A second of 1,000 samples on each of 256 cores, twice; keeps damaged files from filling the memory. */
const maxSamples = 524_288;

/** A CPU sample of a generation. `processor` and `goroutine` are -1 when none. */
export interface CpuSample {
  readonly time: number;
  readonly thread: number;
  readonly processor: number;
  readonly goroutine: number;
  /** Id of the file; 0 for none. */
  readonly stack: number;
}

/** Adds the samples of one batch. Throws `gotrace.sample`. */
export function readSamples(reader: ByteReader, samples: CpuSample[]): void {
  reader.byte();
  while (reader.position < reader.end) {
    const place = { place: `byte ${reader.fileOffset + reader.position}` };
    if (reader.byte() !== eventType.cpuSample)
      throw new LockscopeError('gotrace.sample', 'a table of CPU samples holds something else', place);
    if (samples.length === maxSamples)
      throw new LockscopeError('gotrace.sample', `more than ${maxSamples} CPU samples in a generation`, place);
    const time = reader.varint();
    if (time < 0) throw new LockscopeError('gotrace.sample', 'a CPU sample without a time', place);
    const thread = reader.varint();
    const processor = reader.varint();
    const goroutine = reader.varint();
    samples.push({ time, thread, processor, goroutine: goroutine === 0 ? none : goroutine, stack: reader.varint() });
  }
}
