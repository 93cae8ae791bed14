import { rangeKind, type Trace } from '@/lib/gotrace/trace';
import { firstAtOrAbove } from './first-at-or-above';
import type { Doing, GcShare, TracedLock, Waits } from './lock-trace';

/** Disjoint stretches in ascending order, with the time they cover up to each. */
class Stretches {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #covered: number[] = [0];
  totalNs = 0;
  longestNs = 0;
  count = 0;

  constructor({ ranges }: Trace, kind: number) {
    const rows: number[] = [];
    for (let row = 0; row < ranges.count; row += 1) if (ranges.kind[row] === kind) rows.push(row);
    rows.sort((a, b) => (ranges.startNs[a] ?? 0) - (ranges.startNs[b] ?? 0));
    for (const row of rows) this.#add(ranges.startNs[row] ?? 0, ranges.endNs[row] ?? 0);
    this.count = rows.length;
  }

  /** How much of [fromNs, toNs) is covered. */
  within(fromNs: number, toNs: number): number {
    return Math.max(this.#until(toNs) - this.#until(fromNs), 0);
  }

  #add(startNs: number, endNs: number): void {
    this.longestNs = Math.max(this.longestNs, endNs - startNs);
    const from = Math.max(startNs, this.#ends.at(-1) ?? 0);
    if (endNs <= from) return;
    this.#starts.push(from);
    this.#ends.push(endNs);
    this.totalNs += endNs - from;
    this.#covered.push(this.totalNs);
  }

  #until(timeNs: number): number {
    const begun = firstAtOrAbove(this.#starts, timeNs);
    if (begun === 0) return 0;
    const last = Math.min(this.#ends[begun - 1] ?? 0, timeNs) - (this.#starts[begun - 1] ?? 0);
    return (this.#covered[begun - 1] ?? 0) + last;
  }
}

/**
 * How much of the waiting for locks falls into the collector's mark phases and into stopped worlds, and that share over
 * what chance would give (lift): only a lift well above 1 says that the collector had a part in it. O(waits log cycles).
 */
export function gcShare(trace: Trace, locks: readonly TracedLock[], waits: Waits, doing: readonly Doing[]): GcShare {
  const marks = new Stretches(trace, rangeKind.gcMark);
  const stops = new Stretches(trace, rangeKind.stw);
  let waitedNs = 0;
  let inMarksNs = 0;
  let inStopsNs = 0;
  for (let row = 0; row < waits.count; row += 1) {
    if (locks[waits.lock[row] ?? 0]?.isLock !== true) continue;
    const beginNs = waits.beginNs[row] ?? 0;
    const granted = waits.grantedNs[row] ?? Number.NaN;
    const endNs = Number.isNaN(granted) ? trace.durationNs : granted;
    waitedNs += Math.max(endNs - beginNs, 0);
    inMarksNs += marks.within(beginNs, endNs);
    inStopsNs += stops.within(beginNs, endNs);
  }
  const lift = (share: number | null, totalNs: number) =>
    share === null || totalNs === 0 ? null : share / (totalNs / trace.durationNs);
  const waitShare = waitedNs === 0 || marks.count === 0 ? null : inMarksNs / waitedNs;
  const stwWaitShare = waitedNs === 0 || stops.count === 0 ? null : inStopsNs / waitedNs;
  return {
    cycles: marks.count,
    markNs: marks.totalNs,
    stwNs: stops.totalNs,
    longestStwNs: stops.longestNs,
    waitShare,
    lift: lift(waitShare, marks.totalNs),
    stwWaitShare,
    stwLift: lift(stwWaitShare, stops.totalNs),
    assistInHoldsNs: doing.reduce((sum, part) => sum + part.gc, 0),
  };
}
