import type { TraceTile } from '@/lib/query/trace/result';
import { around, spanOf, type TimeWindow } from './time-window';

/** A tile reaches half a window beyond both sides, so that a pan shows its neighbours at once. */
const margin = 0.5;
/** CSS pixels of one column of an area. */
const columnWidth = 2;

/** The window and columns to ask for, for a plot `width` px wide. */
export function coverOf(
  window: TimeWindow,
  durationNs: number,
  width: number,
): TimeWindow & { readonly pixels: number } {
  const cover = around(window, margin, durationNs);
  const fromNs = Math.floor(cover.fromNs);
  const toNs = Math.min(durationNs, Math.ceil(cover.toNs));
  const pixels = Math.round((width / columnWidth) * ((toNs - fromNs) / spanOf(window)));
  return { fromNs, toNs, pixels: Math.max(50, Math.min(2_000, pixels)) };
}

/**
 * Whether a tile still does for a window: it holds the window and some more on each side where the trace goes on, and
 * is neither much coarser nor much wider than a fresh one.
 */
export function covers(tile: TraceTile, window: TimeWindow, durationNs: number): boolean {
  const span = spanOf(window);
  const spare = 0.12 * span;
  const left = tile.fromNs <= Math.max(0, window.fromNs - spare) + 1;
  const right = tile.toNs >= Math.min(durationNs, window.toNs + spare) - 1;
  return left && right && spanOf(tile) <= 3.2 * span;
}
