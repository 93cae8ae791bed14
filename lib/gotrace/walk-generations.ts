import { LockscopeError } from '@/lib/errors';
import { headerBytes } from './header';
import type { Order } from './order/order';
import type { EventSink } from './order/sink';
import type { ByteSource } from './source';
import type { SymbolTable } from './symbol-table';
import type { TraceFormat } from './trace';
import { type GenerationBatches, scanGeneration } from './wire/batches';
import { type ClockSnapshot, decodeTables } from './wire/generation-tables';

export interface WalkedGeneration {
  readonly number: number;
  readonly offset: number;
  readonly bytes: number;
  readonly events: number;
  readonly minTime: number;
  readonly nsPerUnit: number;
  readonly snapshot: ClockSnapshot | undefined;
}

/** A stretch of the file that cannot be used. `next` is where reading can go on; undefined when nowhere. */
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
 * its events went to the sink; a generation that cannot be used is yielded as such, after `order.forget()`, and reading
 * goes on behind it, if its end is known.
 */
export function* walkGenerations({
  source,
  format,
  symbols,
  order,
  sink,
}: Walk): Generator<WalkedGeneration | Unusable> {
  let offset = headerBytes;
  let index = 0;
  while (offset < source.size) {
    let scan: GenerationBatches;
    try {
      scan = scanGeneration(source, offset, format);
    } catch (error) {
      yield unusable(error, undefined, offset, source.size);
      return;
    }
    if (scan.cut !== undefined && format >= 26) {
      yield unusable(scan.cut, scan.number, offset, source.size);
      return;
    }
    index += 1;
    try {
      yield decodeGeneration(scan, index);
    } catch (error) {
      order.forget();
      yield unusable(error, scan.number, offset, scan.end);
    }
    if (scan.cut !== undefined) {
      const place = scan.batches.at(-1);
      const rest = place === undefined ? offset : place.offset + place.size;
      if (rest < source.size) yield unusable(scan.cut, scan.number, rest, source.size);
      return;
    }
    offset = scan.end;
  }

  function decodeGeneration(scan: GenerationBatches, at: number): WalkedGeneration {
    const bytes = source.read(scan.offset, scan.end - scan.offset);
    const decoded = decodeTables(bytes, scan, symbols);
    if (format >= 25 && decoded.snapshot === undefined) {
      throw new LockscopeError('gotrace.sync', 'a generation without a clock snapshot', {
        place: `byte ${scan.offset}`,
      });
    }
    const { minTime, frequency, snapshot } = decoded;
    const nsPerUnit = 1e9 / frequency;
    sink.sync(at, { minTime, nsPerUnit, snapshot });
    const events = order.generation(scan.number, decoded, bytes, scan.offset);
    return {
      number: scan.number,
      offset: scan.offset,
      bytes: scan.end - scan.offset,
      events,
      minTime,
      nsPerUnit,
      snapshot,
    };
  }
}

function unusable(error: unknown, generation: number | undefined, offset: number, end: number): Unusable {
  if (!(error instanceof LockscopeError)) throw error;
  return { error, generation, offset, bytes: end - offset };
}
