import { LockscopeError } from '@/lib/errors';
import type { ByteSource } from '../source';
import { ByteReader } from './byte-reader';
import { eventType } from './event-types';

/** Largest payload that Go writes. */
const maxBatchBytes = 65_536;
/** type, experiment, and four integers of at most 10 bytes. */
const maxHeaderBytes = 42;
/** Far beyond what Go writes in a generation; keeps damaged files from filling the memory with headers. */
const maxBatches = 262_144;
/** Times and generations beyond are damage: they could not be told apart exactly. */
const maxTime = 2 ** 53;
const maxGeneration = 2 ** 32;

/** Where a batch lies. Offsets are in the file. */
export interface Batch {
  /** Thread that wrote it; -1 for none. */
  readonly thread: number;
  /** Clock units: the time its first delta counts from. */
  readonly time: number;
  readonly offset: number;
  readonly size: number;
  /** File offset of its header. */
  readonly header: number;
  /** A number when the payload belongs to an experiment: skipped. */
  readonly experiment: number | undefined;
}

/** The batches of one generation, in the order of the file. */
export interface GenerationBatches {
  readonly number: number;
  readonly batches: readonly Batch[];
  readonly offset: number;
  /** Where its bytes end, and the next generation begins unless `cut` says that none can be found. */
  readonly end: number;
  /** Why the rest of the file, from `end`, cannot be read; undefined when it can, as far as can be told. */
  readonly cut: LockscopeError | undefined;
}

/**
 * Finds the batches of the generation at `offset`, reading headers only. A generation ends before the first batch of
 * the next one, at EndOfGeneration (format 26), or with the file; a file that ends inside a batch, or (format 26)
 * without EndOfGeneration, gives `cut`. Throws `gotrace.batch` for what is no batch, when none came before it.
 */
export function scanGeneration(source: ByteSource, offset: number, format: number): GenerationBatches {
  const batches: Batch[] = [];
  let number: number | undefined;
  let at = offset;
  const done = (end: number, cut?: LockscopeError): GenerationBatches => ({
    number: number ?? 0,
    batches,
    offset,
    end,
    cut,
  });
  while (at < source.size) {
    let item: Item;
    try {
      item = readItem(source, at, format);
    } catch (error) {
      if (batches.length === 0 || !(error instanceof LockscopeError)) throw error;
      return done(at, error);
    }
    if (item.kind === 'end') {
      if (number === undefined)
        throw new LockscopeError('gotrace.batch', 'a generation without batches', { place: `byte ${at}` });
      return done(at + 1);
    }
    if (number !== undefined && item.generation !== number) {
      if (format >= 26 || item.generation !== number + 1) {
        const text = `a batch of generation ${item.generation} inside generation ${number}`;
        return done(at, new LockscopeError('gotrace.batch', text, { place: `byte ${at}` }));
      }
      return done(at);
    }
    if (batches.length === maxBatches) {
      const text = `generation ${item.generation} has more than ${maxBatches} batches`;
      return done(at, new LockscopeError('gotrace.batch', text, { place: `byte ${at}` }));
    }
    number = item.generation;
    batches.push(item.batch);
    at = item.batch.offset + item.batch.size;
  }
  if (format < 26) return done(at);
  return done(
    at,
    new LockscopeError('gotrace.truncated', 'the file ends before its last generation does', { place: `byte ${at}` }),
  );
}

type Item = { readonly kind: 'end' } | { readonly kind: 'batch'; readonly generation: number; readonly batch: Batch };

function readItem(source: ByteSource, at: number, format: number): Item {
  const bytes = source.read(at, maxHeaderBytes);
  const reader = new ByteReader(bytes, 0, bytes.length, at);
  const type = reader.byte();
  if (type === eventType.endOfGeneration && format >= 26) return { kind: 'end' };
  const experimental = type === eventType.experimentalBatch && format >= 23;
  if (type !== eventType.eventBatch && !experimental) {
    throw new LockscopeError('gotrace.batch', `byte ${type} begins no batch`, { place: `byte ${at}` });
  }
  const experiment = experimental ? reader.byte() : undefined;
  const generation = reader.varint();
  const thread = reader.varint();
  const time = reader.varint();
  const size = reader.varint();
  if (generation < 1 || generation >= maxGeneration)
    throw new LockscopeError('gotrace.batch', `a batch of generation ${generation}`, { place: `byte ${at}` });
  if (time < 0 || time >= maxTime)
    throw new LockscopeError('gotrace.batch', `a batch at time ${time}`, { place: `byte ${at}` });
  if (size < 0 || size > maxBatchBytes) {
    throw new LockscopeError('gotrace.batch', `a batch of ${size} bytes, at most ${maxBatchBytes}`, {
      place: `byte ${at}`,
    });
  }
  const offset = at + reader.position;
  if (offset + size > source.size) {
    throw new LockscopeError('gotrace.truncated', 'the file ends inside a batch', { place: `byte ${at}` });
  }
  return { kind: 'batch', generation, batch: { thread, time, offset, size, header: at, experiment } };
}
