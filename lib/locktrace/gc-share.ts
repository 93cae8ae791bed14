import { rangeKind, type Trace } from '@/lib/gotrace/trace';
import type { Doing, GcShare, Waits } from './lock-trace';
import { Stretches } from './stretches';

/**
 * How much of the waiting for locks falls into the collector's mark phases and into stopped worlds, and that share over
 * what chance would give (lift): only a lift well above 1 says that the collector had a part in it. `lockRows` are the
 * rows of `waits` that wait for locks. O(those log cycles).
 */
export function gcShare(trace: Trace, waits: Waits, lockRows: Uint32Array, doing: readonly Doing[]): GcShare {
  const marks = stretchesOf(trace, rangeKind.gcMark);
  const stops = stretchesOf(trace, rangeKind.stw);
  let waitedNs = 0;
  let inMarksNs = 0;
  let inStopsNs = 0;
  for (const row of lockRows) {
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

function stretchesOf({ ranges }: Trace, kind: number): Stretches {
  const rows: number[] = [];
  for (let row = 0; row < ranges.count; row += 1) if (ranges.kind[row] === kind) rows.push(row);
  rows.sort((a, b) => (ranges.startNs[a] ?? 0) - (ranges.startNs[b] ?? 0));
  const stretches = new Stretches();
  for (const row of rows) stretches.add(ranges.startNs[row] ?? 0, ranges.endNs[row] ?? 0);
  return stretches;
}
