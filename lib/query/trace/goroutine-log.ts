import { goCause, type Trace } from '@/lib/gotrace/trace';
import type { StackClasses } from '@/lib/locktrace/stack-classes';
import { type RowKinds, RowKindTable } from './row-kinds';

/** Transitions sorted by goroutine: an interval is a row up to the next one of the same goroutine. */
export interface GoroutineLog {
  /** Goroutine g owns rows first[g] .. first[g + 1). */
  readonly first: Uint32Array;
  /** Times in ticks; within a goroutine they never fall. */
  readonly ticks: Uint32Array;
  /** Row into `RowKinds`. */
  readonly kind: Uint16Array | Uint32Array;
  /** The unblocker or creator + 1, 0 when none: of the rows of such a cause alone, in their order. */
  readonly by: Uint16Array | Uint32Array;
}

export interface SortedLog {
  readonly log: GoroutineLog;
  readonly kinds: RowKinds;
  /** Lane state of each row in the order of the trace's own log. */
  readonly lanes: Uint8Array;
  readonly rowTicks: Uint32Array;
}

/** Nanoseconds a tick: the clock's unit, so that times are exact, unless 2^32 of them are too few for the trace. */
export function tickOf({ clock, durationNs }: Trace): number {
  return Math.max(clock.nsPerUnit, durationNs / 2 ** 32);
}

/** The log of a trace by goroutine. O(transitions). */
export function sortLog(trace: Trace, classes: StackClasses, tickNs: number): SortedLog {
  const { log, goroutines } = trace;
  const first = new Uint32Array(goroutines.count + 1);
  for (let row = 0; row < log.count; row += 1) {
    const g = (log.goroutine[row] ?? 0) + 1;
    first[g] = (first[g] ?? 0) + 1;
  }
  for (let g = 0; g < goroutines.count; g += 1) first[g + 1] = (first[g + 1] ?? 0) + (first[g] ?? 0);
  const next = first.slice();
  const table = new RowKindTable(trace, classes);
  const sorted = {
    ticks: new Uint32Array(log.count),
    kind: new Uint32Array(log.count),
    by: new Uint32Array(log.count),
  };
  const lanes = new Uint8Array(log.count);
  const rowTicks = new Uint32Array(log.count);
  for (let row = 0; row < log.count; row += 1) {
    const g = log.goroutine[row] ?? 0;
    const at = next[g] ?? 0;
    next[g] = at + 1;
    const kind = table.number(row);
    const ticks = Math.min(Math.max(Math.round((log.timeNs[row] ?? 0) / tickNs), 0), 0xffff_ffff);
    // Threads' clocks differ by microseconds at most: within a goroutine an interval is never negative.
    const before = at > (first[g] ?? 0) ? (sorted.ticks[at - 1] ?? 0) : 0;
    sorted.ticks[at] = Math.max(ticks, before);
    sorted.kind[at] = kind;
    sorted.by[at] = namesAnother(log.cause[row]) ? (log.by[row] ?? -1) + 1 : 0;
    lanes[row] = table.lane(kind);
    rowTicks[row] = sorted.ticks[at] ?? 0;
  }
  const kinds = table.columns();
  const kind = narrowed(sorted.kind, kinds.lane.length);
  const by = narrowed(namedOnly(sorted.by, sorted.kind, kinds), goroutines.count + 1);
  return { log: { first, ticks: sorted.ticks, kind, by }, kinds, lanes, rowTicks };
}

/** The values of rows that name another goroutine, moved to the front in place. */
function namedOnly(by: Uint32Array, kind: Uint32Array, kinds: RowKinds): Uint32Array {
  const names = Uint8Array.from(kinds.cause, (cause) => Number(namesAnother(cause)));
  let count = 0;
  for (let row = 0; row < by.length; row += 1) {
    if (names[kind[row] ?? 0] !== 1) continue;
    by[count] = by[row] ?? 0;
    count += 1;
  }
  return by.slice(0, count);
}

/** Whether rows of a cause name the goroutine that made them. */
export function namesAnother(cause: number | undefined): boolean {
  return cause === goCause.unblocked || cause === goCause.created;
}

/** Half the bytes when all values are below 2^16. */
function narrowed(values: Uint32Array, limit: number): Uint16Array | Uint32Array {
  return limit <= 0x1_0000 ? new Uint16Array(values) : values;
}
