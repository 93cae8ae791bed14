import { goCause, type Trace, type TransitionLog } from '@/lib/gotrace/trace';
import { namesAnother } from './goroutine-log';
import type { KeptAnalysis } from './open-analysis';

/**
 * The trace as questions about causes need it, out of a kept analysis: rows stand in order of goroutine, not of cause;
 * generations and user logs are not kept. Copies the log: O(transitions), 38 bytes each.
 */
export function wholeTrace(kept: KeptAnalysis): Trace {
  const { head, symbols, goroutines, log, ranges, tasks, regions } = kept;
  const firstRow = new Int32Array(goroutines.count).fill(-1);
  const lastRow = new Int32Array(goroutines.count).fill(-1);
  for (let g = 0; g < goroutines.count; g += 1) {
    const first = log.first[g] ?? 0;
    const end = log.first[g + 1] ?? first;
    if (end === first) continue;
    firstRow[g] = first;
    lastRow[g] = end - 1;
  }
  return {
    ...{ format: head.format, durationNs: head.durationNs, events: head.events, cpuSamples: 0 },
    clock: { ...head.clock, startUnixMs: head.clock.startUnixMs ?? undefined },
    generations: [],
    symbols,
    goroutines: { ...goroutines, firstRow, lastRow },
    log: wholeLog(kept, lastRow),
    ...{ ranges, tasks, regions },
    logs: {
      count: 0,
      timeNs: new Float64Array(),
      goroutine: new Int32Array(),
      task: new Float64Array(),
      key: new Uint32Array(),
      value: new Uint32Array(),
      afterRow: new Int32Array(),
    },
    lost: head.lost.map((loss) => ({ ...loss, generation: loss.generation ?? undefined })),
  };
}

function wholeLog({ head, goroutines, log, kinds }: KeptAnalysis, lastRow: Int32Array): TransitionLog {
  const count = log.ticks.length;
  const goroutine = new Uint32Array(count);
  const previous = new Int32Array(count);
  const next = new Int32Array(count);
  const by = new Int32Array(count);
  let named = 0;
  for (let g = 0; g < goroutines.count; g += 1) {
    const first = log.first[g] ?? 0;
    for (let row = first; row <= (lastRow[g] ?? -1); row += 1) {
      goroutine[row] = g;
      previous[row] = row === first ? -1 : row - 1;
      next[row] = row === lastRow[g] ? -1 : row + 1;
      by[row] = -1;
      if (!namesAnother(kinds.cause[log.kind[row] ?? 0] ?? goCause.status)) continue;
      by[row] = (log.by[named] ?? 0) - 1;
      named += 1;
    }
  }
  return {
    ...{ count, goroutine, previous, next, by },
    timeNs: Float64Array.from(log.ticks, (tick) => tick * head.tickNs),
    state: Uint8Array.from(log.kind, (kind) => kinds.state[kind] ?? 0),
    cause: Uint8Array.from(log.kind, (kind) => kinds.cause[kind] ?? 0),
    reason: Uint32Array.from(log.kind, (kind) => kinds.reason[kind] ?? 0),
    stack: Uint32Array.from(log.kind, (kind) => kinds.stack[kind] ?? 0),
  };
}
