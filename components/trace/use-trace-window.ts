'use client';
// Client: ties the viewport to the address.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TimeWindow } from './time-window';
import { sameWindow } from './time-window';
import { windowChanges } from './trace-params';
import type { TraceView } from './use-trace-view';
import { createViewport, type Viewport } from './viewport';

/** Moves by key that follow each other this soon are one step of the history, ms. */
const restMs = 350;

/**
 * The viewport of the page, which opens with `home`. `move` changes it now and makes a step of the history once the
 * hand rests; `commit` does so at once; `undo` goes back, at first to where an unfinished move began.
 */
export function useTraceWindow(
  view: TraceView,
  home: TimeWindow,
  durationNs: number,
): {
  readonly viewport: Viewport;
  /** What the address says is shown. */
  readonly settled: TimeWindow;
  readonly move: (next: (window: TimeWindow) => TimeWindow) => void;
  readonly commit: () => void;
  readonly undo: () => void;
} {
  const { params, change } = view;
  const asked = params.window ?? home;
  const { fromNs, toNs } = asked;
  const [viewport] = useState(() => createViewport(asked, durationNs));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const settle = useRef({ asked, home });
  useEffect(() => {
    settle.current = { asked: { fromNs, toNs }, home };
    viewport.set({ fromNs, toNs });
  }, [viewport, fromNs, toNs, home]);

  const commit = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const window = viewport.get();
    if (sameWindow(window, settle.current.asked)) return;
    change(windowChanges(sameWindow(window, settle.current.home) ? undefined : window));
  }, [viewport, change]);
  const move = useCallback(
    (next: (window: TimeWindow) => TimeWindow) => {
      viewport.set(next(viewport.get()));
      clearTimeout(timer.current);
      timer.current = setTimeout(commit, restMs);
    },
    [viewport, commit],
  );
  const undo = useCallback(() => {
    if (timer.current === undefined) {
      history.back();
      return;
    }
    clearTimeout(timer.current);
    timer.current = undefined;
    viewport.set(settle.current.asked);
  }, [viewport]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { viewport, settled: asked, move, commit, undo };
}
