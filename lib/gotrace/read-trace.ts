import { LockscopeError } from '@/lib/errors';
import { TraceBuilder } from './build/trace-builder';
import { EventLines } from './event-lines';
import { readHeader } from './header';
import { Order } from './order/order';
import type { ByteSource } from './source';
import { SymbolTable } from './symbol-table';
import type { Generation, Loss, Trace, TraceClock } from './trace';
import { type WalkedGeneration, walkGenerations } from './walk-generations';
import { argumentCounts } from './wire/event-types';

export interface Progress {
  readonly bytes: number;
  readonly ofBytes: number;
  readonly events: number;
}

/**
 * Reads a Go execution trace (Go 1.22 to 1.27), from `trace.Start`, `/debug/pprof/trace` or a flight recorder. What
 * cannot be used is left out generation by generation and listed in `lost`. `onProgress` is called after each
 * generation; what it throws ends the reading.
 *
 * Throws `gotrace.header`, `gotrace.too-old`, `gotrace.too-new` for what is no such trace, and the error of the first
 * loss when no generation with an event is left (of a file cut early the clock alone may be), `gotrace.empty` without one.
 */
export function readTrace(source: ByteSource, onProgress: (progress: Progress) => void = () => {}): Trace {
  const format = readHeader(source);
  const symbols = new SymbolTable();
  const builder = new TraceBuilder(symbols, source.size);
  const order = new Order(builder, argumentCounts(format));
  const generations: Generation[] = [];
  const lost: Loss[] = [];
  let clock: TraceClock | undefined;
  let events = 0;
  let first: LockscopeError | undefined;
  let mark = builder.mark();
  for (const step of walkGenerations({ source, format, symbols, order, sink: builder })) {
    if ('error' in step) {
      builder.lose(mark);
      first ??= step.error;
      const { code, message, place } = step.error;
      const where = place === undefined ? message : `${message} (${place})`;
      lost.push({ code, message: where, generation: step.generation, offset: step.offset, bytes: step.bytes });
    } else {
      clock ??= clockOf(step, builder.startUnits);
      builder.settle();
      const { number, offset, bytes } = step;
      const { startNs, endNs } = builder;
      generations.push({ number, offset, bytes, startNs, endNs, events: step.events });
      events += step.events;
    }
    mark = builder.mark();
    onProgress({ bytes: step.offset + step.bytes, ofBytes: source.size, events });
  }
  if (clock === undefined || events === 0) throw first ?? empty(source);
  return {
    format,
    clock,
    durationNs: builder.endNs,
    events,
    generations,
    lost,
    symbols: symbols.symbols(),
    ...builder.finish(order.machine.goroutines.id),
  };
}

/**
 * Writes the ordered events of a trace, one line each, in the form of `EventLines`. Throws as `readTrace` does, and at
 * the first damage: the lines before it are written.
 */
export function writeEvents(source: ByteSource, write: (line: string) => void): void {
  const format = readHeader(source);
  const symbols = new SymbolTable();
  const lines = new EventLines(write, symbols, (g) => order.machine.goroutines.id[g] ?? -1);
  const order: Order = new Order(lines, argumentCounts(format));
  let generations = 0;
  for (const step of walkGenerations({ source, format, symbols, order, sink: lines })) {
    if ('error' in step) throw step.error;
    generations += 1;
  }
  if (generations === 0) throw empty(source);
  lines.end(generations + 1);
}

function empty(source: ByteSource): LockscopeError {
  return new LockscopeError('gotrace.empty', 'a trace without events', { place: `byte ${source.size}` });
}

function clockOf({ snapshot, nsPerUnit }: WalkedGeneration, startUnits: number): TraceClock {
  if (snapshot === undefined) return { nsPerUnit, startMonotonicNs: startUnits * nsPerUnit, startUnixMs: undefined };
  const sinceStart = (snapshot.traceTime - startUnits) * nsPerUnit;
  const unixMs = snapshot.unixSeconds * 1_000 + snapshot.unixNanoseconds / 1e6;
  return { nsPerUnit, startMonotonicNs: snapshot.monotonicNs - sinceStart, startUnixMs: unixMs - sinceStart / 1e6 };
}
