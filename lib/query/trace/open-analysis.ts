import type { Ranges, Regions, Symbols, Tasks } from '@/lib/gotrace/trace';
import type { Holds, Waits } from '@/lib/locktrace/lock-trace';
import { openColumns } from './columns-file';
import { keptVersion } from './encode-analysis';
import type { GoroutineLog } from './goroutine-log';
import { KeptColumns } from './kept-columns';
import type { KeptHead } from './kept-head';
import type { RowKinds } from './row-kinds';
import type { StateChanges } from './state-changes';

export interface KeptGoroutines {
  readonly count: number;
  readonly id: Float64Array;
  readonly name: Uint32Array;
  readonly parent: Int32Array;
  readonly createdAt: Uint32Array;
  /** 1 for the Go runtime's own. */
  readonly runtime: Uint8Array;
}

/** What `encodeAnalysis` wrote: the large columns are views on its bytes, waits and holds are unpacked. */
export interface KeptAnalysis {
  readonly head: KeptHead;
  readonly symbols: Symbols;
  readonly goroutines: KeptGoroutines;
  readonly log: GoroutineLog;
  readonly kinds: RowKinds;
  readonly changes: StateChanges;
  readonly ranges: Ranges;
  readonly tasks: Tasks;
  readonly regions: Regions;
  readonly waits: Waits;
  readonly holds: Holds;
}

/** Reads a kept analysis. Throws `trace.analysis-version` and `trace.analysis-damaged`. */
export function readAnalysis(bytes: Uint8Array): KeptAnalysis {
  const { head, columns } = openColumns(keptVersion, bytes);
  // The checksum proves that `encodeAnalysis` of this version wrote the head.
  const text = head as KeptHead;
  const of = new KeptColumns(columns, text.packed);
  const { u8, u32, i32, f64 } = of;
  return {
    head: text,
    symbols: {
      strings: text.strings,
      ...{ frameFunction: u32('symbols.frameFunction'), frameFile: u32('symbols.frameFile') },
      ...{ frameLine: u32('symbols.frameLine'), stackStart: u32('symbols.stackStart') },
      stackFrames: u32('symbols.stackFrames'),
    },
    goroutines: {
      count: f64('goroutines.id').length,
      id: f64('goroutines.id'),
      name: u32('goroutines.name'),
      parent: i32('goroutines.parent'),
      createdAt: u32('goroutines.createdAt'),
      runtime: u8('goroutines.runtime'),
    },
    log: {
      first: u32('log.first'),
      ticks: u32('log.ticks'),
      kind: of.u16or32('log.kind'),
      by: of.u16or32('log.by'),
    },
    kinds: {
      state: u8('kinds.state'),
      cause: u8('kinds.cause'),
      reason: u32('kinds.reason'),
      stack: u32('kinds.stack'),
      lane: u8('kinds.lane'),
      inWaits: u8('kinds.inWaits'),
    },
    changes: {
      step: u8('changes.step'),
      deltas: u8('changes.deltas'),
      firstTick: u32('changes.firstTick'),
      offset: u32('changes.offset'),
      count: i32('changes.count'),
      most: i32('changes.most'),
      area: f64('changes.area'),
    },
    ...annotations(of),
    waits: waitsOf(of),
    holds: holdsOf(of),
  };
}

function annotations({ u8, u32, i32, f64 }: KeptColumns): Pick<KeptAnalysis, 'ranges' | 'tasks' | 'regions'> {
  return {
    ranges: {
      count: f64('ranges.startNs').length,
      kind: u8('ranges.kind'),
      startNs: f64('ranges.startNs'),
      endNs: f64('ranges.endNs'),
      open: u8('ranges.open'),
      goroutine: i32('ranges.goroutine'),
      name: u32('ranges.name'),
    },
    tasks: {
      count: f64('tasks.id').length,
      id: f64('tasks.id'),
      parent: f64('tasks.parent'),
      name: u32('tasks.name'),
      goroutine: i32('tasks.goroutine'),
      startNs: f64('tasks.startNs'),
      endNs: f64('tasks.endNs'),
    },
    regions: {
      count: f64('regions.startNs').length,
      task: f64('regions.task'),
      name: u32('regions.name'),
      goroutine: i32('regions.goroutine'),
      startNs: f64('regions.startNs'),
      endNs: f64('regions.endNs'),
    },
  };
}

function waitsOf({ u8, u16, u32, i32, f64 }: KeptColumns): Waits {
  return {
    count: f64('waits.beginNs').length,
    lock: u32('waits.lock'),
    site: u32('waits.site'),
    goroutine: u32('waits.goroutine'),
    stack: u32('waits.stack'),
    beginNs: f64('waits.beginNs'),
    grantedNs: f64('waits.grantedNs'),
    acquiredNs: f64('waits.acquiredNs'),
    blockedNs: f64('waits.blockedNs'),
    wakeupNs: f64('waits.wakeupNs'),
    by: i32('waits.by'),
    byStack: u32('waits.byStack'),
    drainBeginNs: f64('waits.drainBeginNs'),
    drainEndNs: f64('waits.drainEndNs'),
    hold: i32('waits.hold'),
    blocks: u16('waits.blocks'),
    flags: u8('waits.flags'),
    episode: u32('waits.episode'),
  };
}

function holdsOf({ u8, u32, f64 }: KeptColumns): Holds {
  return {
    count: f64('holds.endNs').length,
    lock: u32('holds.lock'),
    site: u32('holds.site'),
    goroutine: u32('holds.goroutine'),
    stack: u32('holds.stack'),
    mode: u8('holds.mode'),
    start: u8('holds.start'),
    startNs: f64('holds.startNs'),
    certainNs: f64('holds.certainNs'),
    endNs: f64('holds.endNs'),
    woke: u32('holds.woke'),
    waitReleasedNs: f64('holds.waitReleasedNs'),
  };
}
