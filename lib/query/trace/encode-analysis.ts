import type { Trace } from '@/lib/gotrace/trace';
import { analysisVersion } from '@/lib/locktrace/analyse';
import type { LockTrace } from '@/lib/locktrace/lock-trace';
import { StackClasses } from '@/lib/locktrace/stack-classes';
import { type Column, encodeColumns } from './columns-file';
import { sortLog, tickOf } from './goroutine-log';
import { type KeptHead, layoutVersion } from './kept-head';
import { type Packing, packColumn } from './packed-columns';
import { stateChanges } from './state-changes';

/** Version of the kept file: either part makes it another one. */
export const keptVersion = analysisVersion * 1_000 + layoutVersion;

/**
 * A trace and its locks as one file for `openAnalysis`, in pieces to be written one after the other. It holds all that
 * the page asks for, and no event that says nothing of a goroutine's state. O(transitions).
 */
export function encodeAnalysis(trace: Trace, locks: LockTrace): Uint8Array[] {
  const { symbols, goroutines, ranges, tasks, regions } = trace;
  const classes = new StackClasses(symbols);
  const tickNs = tickOf(trace);
  const { log, kinds, lanes, rowTicks } = sortLog(trace, classes, tickNs);
  const runtime = Uint8Array.from(goroutines.name, (name) => Number(isRuntimeGoroutine(symbols.strings[name] ?? '')));
  const changes = stateChanges({ lanes, ticks: rowTicks, goroutine: trace.log.goroutine }, runtime);
  const columns: Record<string, Column> = {
    ...prefixed('log', { ...log }),
    ...prefixed('kinds', { ...kinds }),
    ...prefixed('changes', { ...changes }),
    ...prefixed('goroutines', {
      id: goroutines.id,
      name: goroutines.name,
      parent: goroutines.parent,
      createdAt: goroutines.createdAt,
      runtime,
    }),
    ...prefixed('symbols', {
      frameFunction: symbols.frameFunction,
      frameFile: symbols.frameFile,
      frameLine: symbols.frameLine,
      stackStart: symbols.stackStart,
      stackFrames: symbols.stackFrames,
    }),
    ...columnsOf('ranges', ranges),
    ...columnsOf('tasks', tasks),
    ...columnsOf('regions', regions),
  };
  const packed: Record<string, Packing> = {};
  const lists = { ...columnsOf('waits', locks.waits), ...columnsOf('holds', locks.holds) };
  for (const [name, column] of Object.entries(lists)) {
    const { packing, columns: parts } = packColumn(column, tickNs);
    packed[name] = packing;
    for (const [part, values] of parts.entries()) columns[`${name}.${part}`] = values;
  }
  return encodeColumns(keptVersion, { ...headOf(trace, locks, tickNs), packed }, columns);
}

function headOf(trace: Trace, locks: LockTrace, tickNs: number): Omit<KeptHead, 'packed'> {
  const { format, clock, durationNs, events, generations, symbols, lost } = trace;
  return {
    format,
    clock: { ...clock, startUnixMs: clock.startUnixMs ?? null },
    durationNs,
    events,
    generations: generations.length,
    tickNs,
    strings: symbols.strings,
    locks: locks.locks,
    sites: locks.sites,
    convoys: locks.convoys,
    convoysLeftOut: locks.convoysLeftOut,
    gc: locks.gc,
    notes: locks.notes,
    lost: lost.map((loss) => ({ ...loss, generation: loss.generation ?? null })),
  };
}

/** The collector, the scavenger, the tracer itself: they are counted apart from the program's goroutines. */
function isRuntimeGoroutine(name: string): boolean {
  return name.startsWith('runtime.') || name.startsWith('runtime/trace.');
}

function columnsOf(
  group: string,
  table: { readonly [name: string]: Column | number } | object,
): Record<string, Column> {
  return prefixed(group, Object.fromEntries(Object.entries(table).filter(([, value]) => typeof value !== 'number')));
}

function prefixed(group: string, columns: Record<string, Column>): Record<string, Column> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${group}.${name}`, column]));
}
