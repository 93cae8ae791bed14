import { callsOf } from './hold-parts';
import type { TileLane } from './result';
import { siteOf } from './tile-holds';
import { laneOf } from './tile-lanes';
import type { TraceView } from './trace-view';

const lanes = 4;
/** Waits are labelled by the calls of so many holds of a goroutine: the ones that ended most waiting. */
const labelledHolds = 20;

interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
}

interface Blame {
  waitNs: number;
  heldNs: number;
  readonly holds: number[];
}

/**
 * Lanes of the goroutines whose holds of a lock in a window, or the part of it that is seen, ended most waiting, and how many are not shown. What they
 * waited for while holding is labelled by the calls of the function that held.
 */
export function holderLanes(
  view: TraceView,
  lock: number,
  window: Stretch & { readonly pixels: number; readonly seen?: Stretch | undefined },
): { readonly holders: TileLane[]; readonly moreHolders: number } {
  const { holds } = view.kept;
  const blamed = new Map<number, Blame>();
  const { fromNs, toNs } = window.seen ?? window;
  view.lockLanes(lock).holds.each(fromNs, toNs, (hold, startNs, endNs) => {
    const goroutine = holds.goroutine[hold] ?? 0;
    const sum = blamed.get(goroutine) ?? { waitNs: 0, heldNs: 0, holds: [] };
    blamed.set(goroutine, sum);
    sum.waitNs += holds.waitReleasedNs[hold] ?? 0;
    sum.heldNs += endNs - startNs;
    sum.holds.push(hold);
  });
  const order = [...blamed].sort(([, a], [, b]) => b.waitNs - a.waitNs || b.heldNs - a.heldNs);
  const shown = order.slice(0, lanes);
  return {
    holders: shown.map(([goroutine, blame]) => laneOf(view, goroutine, window, callsIn(view, goroutine, blame.holds))),
    moreHolders: order.length - shown.length,
  };
}

function callsIn(view: TraceView, goroutine: number, all: readonly number[]): ReadonlyMap<number, string> {
  const { holds, head, log } = view.kept;
  const costly = all.toSorted((a, b) => (holds.waitReleasedNs[b] ?? 0) - (holds.waitReleasedNs[a] ?? 0));
  const [first] = costly;
  if (first === undefined) return new Map();
  const kinds = new Set<number>();
  for (const hold of costly.slice(0, labelledHolds)) {
    const end = holds.endNs[hold] ?? Number.NaN;
    const endNs = Number.isNaN(end) ? head.durationNs : end;
    view.each(goroutine, holds.certainNs[hold] ?? endNs, endNs, (row) => kinds.add(log.kind[row] ?? 0));
  }
  return callsOf(view, [...kinds], siteOf(view, holds.site[first] ?? 0).function);
}
