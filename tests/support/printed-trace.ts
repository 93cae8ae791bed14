import type { Trace } from '@/lib/gotrace/trace';

/**
 * The transitions of each goroutine, one line each without its time, after the goroutine's number and which of that
 * number it is: what must not change when only clocks or the layout of the file do.
 */
export function printedLives(trace: Trace): Map<string, readonly string[]> {
  const { goroutines, log } = trace;
  const lives = new Map<string, readonly string[]>();
  const times = new Map<number, number>();
  for (let g = 0; g < goroutines.count; g += 1) {
    const id = goroutines.id[g] ?? -1;
    times.set(id, (times.get(id) ?? 0) + 1);
    const rows: string[] = [];
    for (let row = goroutines.firstRow[g] ?? -1; row !== -1; row = log.next[row] ?? -1)
      rows.push(printedRow(trace, row));
    lives.set(`${id} ${times.get(id)}`, rows);
  }
  return lives;
}

/** State, cause, reason, who did it, and the stack of a transition. */
export function printedRow({ goroutines, log, symbols }: Trace, row: number): string {
  const by = log.by[row] ?? -1;
  const stack = log.stack[row] ?? 0;
  const frames = symbols.stackFrames.subarray(symbols.stackStart[stack], symbols.stackStart[stack + 1]);
  return [
    log.state[row],
    log.cause[row],
    symbols.strings[log.reason[row] ?? 0],
    by === -1 ? '' : goroutines.id[by],
    Array.from(frames, (frame) => `${symbols.strings[symbols.frameFunction[frame] ?? 0]}:${symbols.frameLine[frame]}`),
  ].join(' ');
}
