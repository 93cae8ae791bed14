import { clampWindow, sameWindow, type TimeWindow } from './time-window';

/**
 * The window on screen, changed up to once a picture: lanes draw from it without a render of React. Listeners are
 * called together, once before the next picture.
 */
export interface Viewport {
  readonly durationNs: number;
  readonly get: () => TimeWindow;
  readonly set: (window: TimeWindow) => void;
  /** Draws again without a change: another size, other colours. */
  readonly redraw: () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createViewport(first: TimeWindow, durationNs: number): Viewport {
  let shown = clampWindow(first, durationNs);
  let asked: number | undefined;
  const listeners = new Set<() => void>();
  const redraw = () => {
    if (asked !== undefined) return;
    asked = requestAnimationFrame(() => {
      asked = undefined;
      for (const listener of listeners) listener();
    });
  };
  return {
    durationNs,
    get: () => shown,
    set(window) {
      const next = clampWindow(window, durationNs);
      if (sameWindow(next, shown)) return;
      shown = next;
      redraw();
    },
    redraw,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
