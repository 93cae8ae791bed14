'use client';
// Client: scrolls.
import { type RefObject, useEffect, useRef } from 'react';
import type { TraceTile } from '@/lib/query/trace/result';

/** Brings the lane of a goroutine that was jumped to on screen once its tile is there; not when the page opens. */
export function useScrollToLane(
  area: RefObject<HTMLElement | null>,
  goroutine: number | undefined,
  tile: TraceTile,
): void {
  const shown = useRef(goroutine);
  useEffect(() => {
    if (shown.current === goroutine) return;
    const hasLane = [...tile.holders, ...tile.lanes].some((lane) => lane.goroutine === goroutine);
    if (goroutine !== undefined && !hasLane) return;
    shown.current = goroutine;
    area.current?.querySelector('.lane[data-chosen]')?.scrollIntoView({ block: 'nearest' });
  }, [area, goroutine, tile]);
}
