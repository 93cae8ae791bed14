import { rangeKind, type Trace } from '@/lib/gotrace/trace';
import { laneStateOf } from './lane-state';
import type { Doing } from './lock-trace';
import type { StackClasses } from './stack-classes';
import { Stretches } from './stretches';

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
  readonly #assists: ReadonlyMap<number, Stretches>;

  constructor(trace: Trace, classes: StackClasses) {
    this.#trace = trace;
    this.#classes = classes;
    this.#assists = assistsOf(trace);
  }

  /**
   * Nanoseconds by what a goroutine did between two times. Channels, Cond and WaitGroup count as `other`; running in a
   * mark assist counts as `gc`. What is not known of the stretch is in no part. `last` is a row of the goroutine that
   * is not before its newest one at `toNs`; O(its intervals from `fromNs` to there).
   */
  between(goroutine: number, fromNs: number, toNs: number, last = this.#trace.goroutines.lastRow[goroutine]): Doing {
    const done = nothingDone();
    const assists = this.#assists.get(goroutine);
    this.each(
      goroutine,
      fromNs,
      toNs,
      (row, startNs, endNs) => {
        const state = laneStateOf(this.#trace, row, this.#classes);
        if (state === undefined) return;
        done[state === 'channel' ? 'other' : state] += endNs - startNs;
        if (state !== 'running' || assists === undefined) return;
        const draftedNs = assists.within(startNs, endNs);
        done.gc += draftedNs;
        done.running -= draftedNs;
      },
      last,
    );
    return done;
  }

  /** Calls `visit` with the row and the bounds of each interval of a goroutine inside a stretch, the newest first. */
  each(
    goroutine: number,
    fromNs: number,
    toNs: number,
    visit: (row: number, startNs: number, endNs: number) => void,
    last = this.#trace.goroutines.lastRow[goroutine],
  ): void {
    const { timeNs, previous } = this.#trace.log;
    let endNs = Math.min(this.#trace.durationNs, toNs);
    for (let row = last ?? -1; row !== -1; row = previous[row] ?? -1) {
      const begins = timeNs[row] ?? 0;
      const startNs = Math.max(begins, fromNs);
      if (endNs > startNs) visit(row, startNs, endNs);
      if (begins <= fromNs) return;
      // Where clocks differ an interval may end before it begins: the others do not overlap for that.
      endNs = Math.min(endNs, begins);
    }
  }
}

function assistsOf({ ranges }: Trace): Map<number, Stretches> {
  const assists = new Map<number, Stretches>();
  for (let i = 0; i < ranges.count; i += 1) {
    if (ranges.kind[i] !== rangeKind.markAssist) continue;
    const g = ranges.goroutine[i] ?? -1;
    const own = assists.get(g) ?? new Stretches();
    own.add(ranges.startNs[i] ?? 0, ranges.endNs[i] ?? 0);
    assists.set(g, own);
  }
  return assists;
}
