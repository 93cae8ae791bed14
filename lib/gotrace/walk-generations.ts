import { LockscopeError } from '@/lib/errors';
import { headerBytes } from './header';
import type { Order } from './order/order';
import type { EventSink } from './order/sink';
import type { ByteSource } from './source';
import type { SymbolTable } from './symbol-table';
import type { TraceFormat } from './trace';
import { type GenerationBatches, scanGeneration } from './wire/batches';
import type { ClockSnapshot } from './wire/clock';
import { decodeTables } from './wire/generation-tables';

/** Eighteen hours of them. */
const maxGenerations = 65_536;
/** Each loss costs a pass over what is known; a file with more is not worth reading on. */
const maxLosses = 64;

export interface WalkedGeneration {
  readonly number: number;
  readonly offset: number;
  readonly bytes: number;
  readonly events: number;
  readonly nsPerUnit: number;
  readonly snapshot: ClockSnapshot | undefined;
}

/** A stretch of the file that cannot be used. `generation` is undefined when it could not be told. */
export interface Unusable {
  readonly error: LockscopeError;
  readonly generation: number | undefined;
  readonly offset: number;
  readonly bytes: number;
}

interface Walk {
  readonly source: ByteSource;
  readonly format: TraceFormat;
  readonly symbols: SymbolTable;
  readonly order: Order;
  readonly sink: EventSink;
}

/**
 * Decodes and orders a trace one generation after the other: one is in memory at a time. Yields each generation after
 * its events went to the sink; a stretch that cannot be used is yielded as such, after `order.forget()` when events of
 * it went to the sink, and reading goes on behind it, if its end is known. Stretches follow each other without a gap
 * from the header to the end of the file. After 64 losses, or 65,536 generations, the rest is one more loss.
 */
export function* walkGenerations(walk: Walk): Generator<WalkedGeneration | Unusable> {
  const { source, format } = walk;
  let offset = headerBytes;
  let losses = 0;
  for (let index = 1; offset < source.size; index += 1) {
    const rest = (error: LockscopeError, number?: number): Unusable => unusable(error, number, offset, source.size);
    if (index > maxGenerations) return yield rest(givenUp(`more than ${maxGenerations} generations`, offset));
    if (losses === maxLosses) return yield rest(givenUp(`${maxLosses} generations could not be used`, offset));
    let scan: GenerationBatches;
    try {
      scan = scanGeneration(source, offset, format);
    } catch (error) {
      return yield rest(known(error));
    }
    const { cut, number, end } = scan;
    if (cut !== undefined && format >= 26) return yield rest(cut, number);
    const goroutines = walk.order.machine.goroutines.count;
    try {
      yield decodeGeneration(walk, scan, index);
    } catch (error) {
      walk.order.forget(goroutines);
      losses += 1;
      const own = known(error);
      // The cut of the file is the reason for what is missing.
      if (cut !== undefined && own.code === 'gotrace.missing') return yield rest(cut, number);
      yield unusable(own, number, offset, end);
    }
    offset = end;
    if (cut !== undefined) {
      if (offset < source.size) yield rest(cut);
      return;
    }
  }
}

function decodeGeneration(
  { source, format, symbols, order, sink }: Walk,
  scan: GenerationBatches,
  index: number,
): WalkedGeneration {
  const { number, offset } = scan;
  const bytes = source.read(offset, scan.end - offset);
  const decoded = decodeTables(bytes, scan, format, symbols);
  const { minTime, frequency, snapshot } = decoded;
  const nsPerUnit = 1e9 / frequency;
  sink.sync(index, { minTime, nsPerUnit, snapshot });
  const events = order.generation(number, decoded, bytes, offset);
  return { number, offset, bytes: bytes.length, events, nsPerUnit, snapshot };
}

function givenUp(why: string, offset: number): LockscopeError {
  return new LockscopeError('gotrace.given-up', `${why}: the rest of the file is not read`, {
    place: `byte ${offset}`,
  });
}

function known(error: unknown): LockscopeError {
  if (error instanceof LockscopeError) return error;
  throw error;
}

function unusable(error: LockscopeError, generation: number | undefined, offset: number, end: number): Unusable {
  return { error, generation, offset, bytes: end - offset };
}
