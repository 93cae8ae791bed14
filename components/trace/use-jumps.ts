'use client';
// Client: changes the address.
import type { WaitDetail } from '@/lib/query/trace/result';
import { around, spanOf, type TimeWindow } from './time-window';
import { laneChanges, windowChanges } from './trace-params';
import type { TraceView } from './use-trace-view';
import type { Jumps } from './wait-panel';

/**
 * Ways from a wait to who ended it, who held, and up the chain: each gives that goroutine a lane and the focus, and
 * moves the window when it would not be seen. `say` tells what was jumped to, or why not.
 */
export function useJumps({
  detail,
  view,
  shown,
  durationNs,
  say,
}: {
  readonly detail: WaitDetail | undefined;
  readonly view: TraceView;
  readonly shown: () => TimeWindow;
  readonly durationNs: number;
  readonly say: (text: string) => void;
}): Jumps {
  const { change } = view;
  const show = (goroutine: number, window: TimeWindow, more: Readonly<Record<string, string>> = {}) =>
    change((now) => ({ ...laneChanges(now.goroutines, goroutine), ...moved(window, shown(), durationNs), ...more }));
  const link = (index: number) => {
    const target = detail?.chain[index];
    if (target === undefined) return say('The trace does not tell who kept it waiting.');
    const { goroutine, fromNs, toNs, wait, what } = target;
    show(goroutine, { fromNs, toNs }, wait === null ? {} : { wait: String(wait) });
    say(`G${goroutine} ${what}`);
  };
  return {
    unblocker() {
      if (detail?.unblocker === undefined) return say('No wake-up of this wait is in the trace.');
      const { goroutine, atNs } = detail.unblocker;
      show(goroutine, { fromNs: atNs, toNs: atNs });
      say(`G${goroutine} ended the wait of G${detail.goroutine}`);
    },
    holder() {
      if (detail?.hold === undefined) return say('The trace does not tell who held the lock.');
      const { goroutine, startNs, endNs } = detail.hold;
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
