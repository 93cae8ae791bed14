import { rangeKind, type Trace } from '@/lib/gotrace/trace';
import { GoroutineRows } from './goroutine-rows';
import { laneStateOf } from './lane-state';
import type { Doing } from './lock-trace';
import type { StackClasses } from './stack-classes';

type Mutable = { -readonly [K in keyof Doing]: Doing[K] };

export function nothingDone(): Mutable {
  return { running: 0, runnable: 0, syscall: 0, network: 0, lock: 0, sleep: 0, gc: 0, other: 0 };
}

/** Adds `more` to `sum`, in place. */
export function addDoing(sum: Mutable, more: Doing): void {
  for (const key of ['running', 'runnable', 'syscall', 'network', 'lock', 'sleep', 'gc', 'other'] as const)
    sum[key] += more[key];
}

/** Tells how goroutines spent stretches of time. */
export class Activity {
  readonly #trace: Trace;
  readonly #classes: StackClasses;
  readonly rows: GoroutineRows;
  readonly #assists = new Map<number, { startNs: number; endNs: number }[]>();

  constructor(trace: Trace, classes: StackClasses) {
    this.#trace = trace;
    this.#classes = classes;
    this.rows = new GoroutineRows(trace);
    const { ranges } = trace;
    for (let i = 0; i < ranges.count; i += 1) {
      if (ranges.kind[i] !== rangeKind.markAssist) continue;
      const g = ranges.goroutine[i] ?? -1;
      const list = this.#assists.get(g) ?? [];
      list.push({ startNs: ranges.startNs[i] ?? 0, endNs: ranges.endNs[i] ?? 0 });
      this.#assists.set(g, list);
    }
  }

  /**
   * Nanoseconds by what a goroutine did between two times. Channels, Cond and WaitGroup count as `other`; running in a
   * mark assist counts as `gc`. What is not known of the stretch is in no part. O(its intervals).
   */
  between(goroutine: number, fromNs: number, toNs: number): Doing {
    const done = nothingDone();
    this.each(goroutine, fromNs, toNs, (row, startNs, endNs) => {
      const state = laneStateOf(this.#trace, row, this.#classes);
      if (state !== undefined) done[state === 'channel' ? 'other' : state] += endNs - startNs;
      if (state !== 'running') return;
      for (const assist of this.#assists.get(goroutine) ?? []) {
        const drafted = Math.min(assist.endNs, endNs) - Math.max(assist.startNs, startNs);
        if (drafted <= 0) continue;
        done.gc += drafted;
        done.running -= drafted;
      }
    });
    return done;
  }

  /** Calls `visit` with the row and the bounds of each interval of a goroutine inside a stretch, in order. */
  each(
    goroutine: number,
    fromNs: number,
    toNs: number,
    visit: (row: number, startNs: number, endNs: number) => void,
  ): void {
    const rows = this.rows.of(goroutine);
    const { timeNs } = this.#trace.log;
    for (let index = Math.max(this.rows.indexAt(goroutine, fromNs), 0); index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      const begins = timeNs[row] ?? 0;
      if (begins >= toNs) return;
      const next = rows[index + 1];
      const ends = next === undefined ? this.#trace.durationNs : (timeNs[next] ?? 0);
      const startNs = Math.max(begins, fromNs);
      const endNs = Math.min(ends, toNs);
      if (endNs > startNs) visit(row, startNs, endNs);
    }
  }
}
