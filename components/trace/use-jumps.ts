'use client';
// Client: changes the address.
import type { TileHold, TileWait, WaitDetail } from '@/lib/query/trace/result';
import type { HoldDetail } from './hold-detail';
import { around, spanOf, type TimeWindow } from './time-window';
import { holdChanges, laneChanges, waitChanges, windowChanges } from './trace-params';
import type { TraceView } from './use-trace-view';

/** Ways through the picture, each said aloud. */
export interface Jumps {
  readonly unblocker: () => void;
  readonly holder: () => void;
  readonly root: () => void;
  readonly link: (index: number) => void;
  /** From a wait to the hold that it waited for; from a hold to the first wait that it ended. */
  readonly hold: () => void;
  readonly toHold: (hold: TileHold) => void;
  readonly toWait: (wait: TileWait) => void;
  /** To the hold of the lock that ended before or after the chosen one, among those in the picture. */
  readonly nextHold: (step: 1 | -1) => void;
}

/**
 * Ways from a wait to who ended it, who held, and up the chain, and between a hold and its waiters: each gives that
 * goroutine a lane and the focus, and moves the window when it would not be seen. `say` tells what was jumped to, or
 * why not. `holds` are those in the picture.
 */
export function useJumps({
  detail,
  hold,
  holds,
  view,
  shown,
  durationNs,
  say,
}: {
  readonly detail: WaitDetail | undefined;
  readonly hold: HoldDetail | undefined;
  readonly holds: readonly TileHold[];
  readonly view: TraceView;
  readonly shown: () => TimeWindow;
  readonly durationNs: number;
  readonly say: (text: string) => void;
}): Jumps {
  const { change } = view;
  const show = (goroutine: number, window: TimeWindow, more: Readonly<Record<string, string | null>> = {}) =>
    change((now) => ({ ...laneChanges(now.goroutines, goroutine), ...moved(window, shown(), durationNs), ...more }));
  const link = (index: number) => {
    const target = detail?.chain[index];
    if (target === undefined) return say('The trace does not tell who kept it waiting.');
    const { goroutine, fromNs, toNs, wait, what } = target;
    show(goroutine, { fromNs, toNs }, wait === null ? {} : waitChanges(wait));
    say(`G${goroutine} ${what}`);
  };
  const toHold = (target: TileHold) => {
    const { goroutine, startNs, certainNs, endNs, merged } = target;
    if (merged > 1) {
      change(windowChanges(around({ fromNs: startNs, toNs: endNs }, 0.1, durationNs)));
      return say(`${merged} holds, drawn apart`);
    }
    show(goroutine, { fromNs: certainNs, toNs: endNs }, holdChanges(target));
    say(`the hold of G${goroutine}`);
  };
  const toWait = ({ wait, goroutine, beginNs, acquiredNs, grantedNs }: TileWait) => {
    show(goroutine, { fromNs: beginNs, toNs: acquiredNs ?? grantedNs ?? durationNs }, waitChanges(wait));
    say(`the wait of G${goroutine}`);
  };
  return {
    hold() {
      if (hold !== undefined) {
        const [first] = hold.woken;
        return first === undefined ? say('No wait that it ended is in the trace.') : toWait(first);
      }
      if (detail?.hold === undefined) return say('The trace does not tell who held the lock.');
      toHold(detail.hold);
    },
    toHold,
    toWait,
    nextHold(step) {
      const byEnd = holds.toSorted((a, b) => a.endNs - b.endNs);
      const atNs = hold?.endNs ?? detail?.hold?.endNs;
      const next =
        atNs === undefined
          ? byEnd[0]
          : step > 0
            ? byEnd.find(({ endNs }) => endNs > atNs)
            : byEnd.findLast(({ endNs }) => endNs < atNs);
      if (next === undefined) return say(`No ${step > 0 ? 'later' : 'earlier'} hold is in the picture.`);
      toHold(next);
    },
    unblocker() {
      if (detail?.unblocker === undefined) return say('No wake-up of this wait is in the trace.');
      const { goroutine, atNs } = detail.unblocker;
      show(goroutine, { fromNs: atNs, toNs: atNs });
      say(`G${goroutine} ended the wait of G${detail.goroutine}`);
    },
    holder() {
      const held = hold ?? detail?.hold;
      if (held === undefined) return say('The trace does not tell who held the lock.');
      const { goroutine, startNs, endNs } = held;
      show(goroutine, { fromNs: startNs, toNs: endNs });
      say(`G${goroutine} held the lock`);
    },
    root: () => link((detail?.chain.length ?? 0) - 1),
    link,
  };
}

/** The change that shows a stretch: none when it is on screen and wide enough to see; an instant keeps the scale. */
function moved(target: TimeWindow, shown: TimeWindow, durationNs: number): Partial<Record<'t0' | 't1', string | null>> {
  const span = spanOf(target);
  const inside = target.fromNs >= shown.fromNs && target.toNs <= shown.toNs;
  if (inside && (span === 0 || span > 0.05 * spanOf(shown))) return {};
  if (span > 0) return windowChanges(around(target, 0.15, durationNs));
  const half = spanOf(shown) / 2;
  return windowChanges(around({ fromNs: target.fromNs - half, toNs: target.fromNs + half }, 0, durationNs));
}
