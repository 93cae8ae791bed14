import { LockscopeError } from '@/lib/errors';
import { IdTable } from '../id-table';
import type { SymbolTable } from '../symbol-table';
import type { Batch, GenerationBatches } from './batches';
import { ByteReader } from './byte-reader';
import { type ClockSnapshot, isClock, readClock } from './clock';
import { eventType } from './event-types';
import { type CpuSample, readSamples } from './samples';

const maxStringBytes = 1_024;
const maxStackFrames = 128;

/** Tables of one generation; ids of the file lead to ids of the symbol table. */
export interface GenerationTables {
  readonly strings: IdTable;
  readonly stacks: IdTable;
  /** By time. Their stacks are ids of the file. */
  readonly samples: readonly CpuSample[];
  /** Clock units a second. */
  readonly frequency: number;
  readonly snapshot: ClockSnapshot | undefined;
  /** Batches that hold events of threads, in the order of the file. */
  readonly events: readonly Batch[];
  /** Smallest time of any batch. */
  readonly minTime: number;
}

/**
 * Decodes strings, stacks, CPU samples and clock of a generation. `bytes` are those of the file from `scan.offset`.
 * Throws `gotrace.missing` without a clock or a string that a frame names; `gotrace.clock`, `gotrace.string`,
 * `gotrace.stack`, `gotrace.sample` for what cannot be.
 */
export function decodeTables(
  bytes: Uint8Array,
  scan: GenerationBatches,
  format: number,
  symbols: SymbolTable,
): GenerationTables {
  const strings = new IdTable();
  const stacks = new IdTable();
  strings.set(0, 0);
  stacks.set(0, 0);
  const stackTables: ByteReader[] = [];
  const samples: CpuSample[] = [];
  const events: Batch[] = [];
  let clock: ReturnType<typeof readClock> | undefined;
  let minTime = Number.POSITIVE_INFINITY;
  for (const batch of scan.batches) {
    minTime = Math.min(minTime, batch.time);
    if (batch.experiment !== undefined || batch.size === 0) continue;
    const start = batch.offset - scan.offset;
    const reader = new ByteReader(bytes, start, start + batch.size, scan.offset);
    const first = bytes[start] ?? 0;
    if (first === eventType.strings) readStrings(reader, strings, symbols);
    else if (first === eventType.stacks) stackTables.push(reader);
    else if (first === eventType.cpuSamples) readSamples(reader, samples);
    else if (isClock(first, format)) {
      if (clock !== undefined)
        throw new LockscopeError('gotrace.clock', `generation ${scan.number} has two clocks`, {
          place: `byte ${batch.header}`,
        });
      clock = readClock(reader, batch.time);
    } else events.push(batch);
  }
  if (clock === undefined)
    throw new LockscopeError('gotrace.missing', `generation ${scan.number} has no clock`, {
      place: `byte ${scan.offset}`,
    });
  // Frames name strings, and a table of strings may come after.
  for (const reader of stackTables) readStacks(reader, strings, stacks, symbols);
  samples.sort((a, b) => a.time - b.time);
  return { strings, stacks, samples, ...clock, events, minTime };
}

function readStrings(reader: ByteReader, strings: IdTable, symbols: SymbolTable): void {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  reader.byte();
  while (reader.position < reader.end) {
    const at = reader.position;
    if (reader.byte() !== eventType.string) throw bad(reader, at, 'string', 'a table of strings holds something else');
    const id = reader.varint();
    const length = reader.varint();
    if (length < 0 || length > maxStringBytes)
      throw bad(reader, at, 'string', `a string of ${length} bytes, at most ${maxStringBytes}`);
    if (id < 0 || strings.get(id) !== -1) throw bad(reader, at, 'string', `string ${id} comes twice`);
    strings.set(id, symbols.string(decoder.decode(reader.take(length))));
  }
}

function readStacks(reader: ByteReader, strings: IdTable, stacks: IdTable, symbols: SymbolTable): void {
  const frames = new Uint32Array(maxStackFrames);
  const text = (at: number): number => {
    const id = reader.varint();
    const known = id < 0 ? -1 : strings.get(id);
    if (known === -1) throw bad(reader, at, 'missing', `a frame names string ${id}, which is missing`);
    return known;
  };
  reader.byte();
  while (reader.position < reader.end) {
    const at = reader.position;
    if (reader.byte() !== eventType.stack) throw bad(reader, at, 'stack', 'a table of stacks holds something else');
    const id = reader.varint();
    const count = reader.varint();
    if (count < 0 || count > maxStackFrames)
      throw bad(reader, at, 'stack', `a stack of ${count} frames, at most ${maxStackFrames}`);
    if (id < 0 || stacks.get(id) !== -1) throw bad(reader, at, 'stack', `stack ${id} comes twice`);
    for (let index = 0; index < count; index += 1) {
      reader.varint(); // program counter: opaque
      frames[index] = symbols.frame(text(at), text(at), reader.varint());
    }
    stacks.set(id, symbols.stack(frames.subarray(0, count)));
  }
}

function bad(
  { fileOffset }: ByteReader,
  at: number,
  code: 'string' | 'stack' | 'missing',
  message: string,
): LockscopeError {
  return new LockscopeError(`gotrace.${code}`, message, { place: `byte ${fileOffset + at}` });
}
