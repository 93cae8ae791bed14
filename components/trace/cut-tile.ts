import type { TraceTile } from '@/lib/query/trace/result';
import { visibleColumns } from './draw-columns';
import type { TimeWindow } from './time-window';

/** The part of a tile that a window shows: whole columns, and holds that overlap it. A sentence about it says what is seen. */
export function cutTile(tile: TraceTile, window: TimeWindow): TraceTile {
  const step = (tile.toNs - tile.fromNs) / tile.pixels;
  const { first, last } = visibleColumns(
    { window },
    { fromNs: tile.fromNs, toNs: tile.toNs, values: { length: tile.pixels } },
  );
  const cut = <Series extends { readonly mean: readonly number[]; readonly max: readonly number[] }>(
    series: Series,
  ) => ({
    ...series,
    mean: series.mean.slice(first, last + 1),
    max: series.max.slice(first, last + 1),
  });
  const overlaps = ({ startNs, endNs }: { readonly startNs: number; readonly endNs: number }) =>
    startNs < window.toNs && endNs >= window.fromNs;
  return {
    ...tile,
    fromNs: tile.fromNs + first * step,
    toNs: tile.fromNs + (last + 1) * step,
    pixels: Math.max(0, last - first + 1),
    states: tile.states.map(cut),
    gc: tile.gc.filter(overlaps),
    lock:
      tile.lock === undefined
        ? undefined
        : { ...tile.lock, holds: tile.lock.holds.filter(overlaps), queue: tile.lock.queue.map(cut) },
    waiters: tile.waiters.map(cut),
  };
}
