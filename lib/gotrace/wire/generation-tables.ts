import { LockscopeError } from '@/lib/errors';
import { IdTable } from '../id-table';
import type { SymbolTable } from '../symbol-table';
import type { Batch, GenerationBatches } from './batches';
import { ByteReader, none } from './byte-reader';
import { eventType } from './event-types';

const maxStringBytes = 1_024;
const maxStackFrames = 128;

/** A CPU sample of a generation. `processor` and `goroutine` are -1 when none. */
export interface CpuSample {
  readonly time: number;
  readonly thread: number;
  readonly processor: number;
  readonly goroutine: number;
  readonly stack: number;
}

/** The trace clock next to the machine's, as written by Go >= 1.25. */
export interface ClockSnapshot {
  readonly traceTime: number;
  readonly monotonicNs: number;
  readonly unixSeconds: number;
  readonly unixNanoseconds: number;
}

/** Tables of one generation; ids of the file lead to ids of the symbol table. */
export interface GenerationTables {
  readonly strings: IdTable;
  readonly stacks: IdTable;
  /** By time. */
  readonly samples: readonly CpuSample[];
  /** Clock units a second. */
  readonly frequency: number;
  readonly snapshot: ClockSnapshot | undefined;
  /** Batches that hold events of threads, in the order of the file. */
  readonly events: readonly Batch[];
  /** Smallest time of any batch. */
  readonly minTime: number;
}

interface RawStack {
  readonly id: number;
  /** function, file, line per frame, as string ids of the file. */
  readonly frames: readonly number[];
  readonly place: string;
}

/**
 * Decodes strings, stacks, CPU samples and clock of a generation. `bytes` are those of the file from `scan.offset`.
 * Throws `gotrace.sync` without a clock, `gotrace.string`, `gotrace.stack` for bad tables.
 */
export function decodeTables(bytes: Uint8Array, scan: GenerationBatches, symbols: SymbolTable): GenerationTables {
  const strings = new IdTable();
  const stacks = new IdTable();
  strings.set(0, 0);
  stacks.set(0, 0);
  const rawStacks: RawStack[] = [];
  const rawSamples: CpuSample[] = [];
  const events: Batch[] = [];
  let frequency: number | undefined;
  let snapshot: ClockSnapshot | undefined;
  let minTime = Number.POSITIVE_INFINITY;
  for (const batch of scan.batches) {
    minTime = Math.min(minTime, batch.time);
    if (batch.experiment !== undefined || batch.size === 0) continue;
    const start = batch.offset - scan.offset;
    const reader = new ByteReader(bytes, start, start + batch.size, scan.offset);
    const first = bytes[start];
    if (first === eventType.strings) readStrings(reader, strings, symbols);
    else if (first === eventType.stacks) readStacks(reader, rawStacks);
    else if (first === eventType.cpuSamples) readSamples(reader, rawSamples);
    else if (first === eventType.frequency || first === eventType.sync) {
      if (frequency !== undefined)
        throw new LockscopeError('gotrace.sync', 'a generation with two clocks', { place: `byte ${batch.header}` });
      ({ frequency, snapshot } = readSync(reader, batch.time));
    } else events.push(batch);
  }
  if (frequency === undefined) {
    throw new LockscopeError('gotrace.sync', `generation ${scan.number} has no clock`, {
      place: `byte ${scan.offset}`,
    });
  }
  internStacks(rawStacks, strings, stacks, symbols);
  const samples = rawSamples
    .map((sample) => ({ ...sample, stack: stacks.get(sample.stack) }))
    .sort((a, b) => a.time - b.time);
  return { strings, stacks, samples, frequency, snapshot, events, minTime };
}

function readStrings(reader: ByteReader, strings: IdTable, symbols: SymbolTable): void {
  const decoder = new TextDecoder();
  reader.byte();
  while (reader.position < reader.end) {
    const place = { place: `byte ${reader.fileOffset + reader.position}` };
    if (reader.byte() !== eventType.string)
      throw new LockscopeError('gotrace.string', 'a table of strings holds something else', place);
    const id = reader.varint();
    const length = reader.varint();
    if (length > maxStringBytes)
      throw new LockscopeError('gotrace.string', `a string of ${length} bytes, at most ${maxStringBytes}`, place);
    if (id < 0 || strings.get(id) !== -1) throw new LockscopeError('gotrace.string', `string ${id} comes twice`, place);
    strings.set(id, symbols.string(decoder.decode(reader.take(length))));
  }
}

function readStacks(reader: ByteReader, stacks: RawStack[]): void {
  reader.byte();
  while (reader.position < reader.end) {
    const place = `byte ${reader.fileOffset + reader.position}`;
    if (reader.byte() !== eventType.stack)
      throw new LockscopeError('gotrace.stack', 'a table of stacks holds something else', { place });
    const id = reader.varint();
    const count = reader.varint();
    if (count > maxStackFrames)
      throw new LockscopeError('gotrace.stack', `a stack of ${count} frames, at most ${maxStackFrames}`, { place });
    const frames: number[] = [];
    for (let index = 0; index < count; index += 1) {
      reader.varint(); // program counter: opaque
      frames.push(reader.varint(), reader.varint(), reader.varint());
    }
    stacks.push({ id, frames, place });
  }
}

function internStacks(raw: readonly RawStack[], strings: IdTable, stacks: IdTable, symbols: SymbolTable): void {
  const text = (id: number, place: string): number => {
    const known = strings.get(id);
    if (known === -1)
      throw new LockscopeError('gotrace.stack', `a frame names string ${id}, which is missing`, { place });
    return known;
  };
  for (const { id, frames, place } of raw) {
    if (id < 0 || stacks.get(id) !== -1)
      throw new LockscopeError('gotrace.stack', `stack ${id} comes twice`, { place });
    const own: number[] = [];
    for (let index = 0; index + 2 < frames.length; index += 3) {
      own.push(
        symbols.frame(text(frames[index] ?? 0, place), text(frames[index + 1] ?? 0, place), frames[index + 2] ?? 0),
      );
    }
    stacks.set(id, symbols.stack(own));
  }
}

function readSamples(reader: ByteReader, samples: CpuSample[]): void {
  reader.byte();
  while (reader.position < reader.end) {
    const place = { place: `byte ${reader.fileOffset + reader.position}` };
    if (reader.byte() !== eventType.cpuSample)
      throw new LockscopeError('gotrace.sample', 'a table of CPU samples holds something else', place);
    const time = reader.varint();
    const thread = reader.varint();
    const processor = reader.varint();
    const goroutine = reader.varint();
    samples.push({ time, thread, processor, goroutine: goroutine === 0 ? none : goroutine, stack: reader.varint() });
  }
}

function readSync(reader: ByteReader, batchTime: number): { frequency: number; snapshot: ClockSnapshot | undefined } {
  const place = { place: `byte ${reader.fileOffset + reader.position}` };
  const alone = reader.byte() === eventType.frequency;
  if (!alone && reader.byte() !== eventType.frequency)
    throw new LockscopeError('gotrace.sync', 'a clock without a frequency', place);
  const frequency = reader.varint();
  if (frequency <= 0) throw new LockscopeError('gotrace.sync', `${frequency} clock units a second`, place);
  if (alone) return { frequency, snapshot: undefined };
  if (reader.byte() !== eventType.clockSnapshot)
    throw new LockscopeError('gotrace.sync', 'a clock without a snapshot', place);
  const traceTime = batchTime + reader.varint();
  const monotonicNs = reader.varint();
  const unixSeconds = reader.varint();
  return { frequency, snapshot: { traceTime, monotonicNs, unixSeconds, unixNanoseconds: reader.varint() } };
}
