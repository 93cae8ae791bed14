'use client';
// Client: pointer and wheel over the lanes.
import { type RefObject, useEffect } from 'react';
import { panWindow, spanOf, zoomWindow } from './time-window';
import type { Viewport } from './viewport';

/** Movement in px that makes a press a drag and no choice of what lies below. */
const dragFrom = 4;

/**
 * Drag pans; the wheel pans sideways, and with Ctrl or ⌘ zooms around the pointer. `commit` is called when the hand
 * rests. A drag is hidden from the lanes, which would take its end for a choice.
 */
export function useGestures(area: RefObject<HTMLElement | null>, viewport: Viewport, commit: () => void): void {
  useEffect(() => {
    const node = area.current;
    if (node === null) return;
    let drag: { readonly x: number; readonly width: number; readonly from: number; moved: boolean } | undefined;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const plotOf = (target: EventTarget | null) =>
      target instanceof Element ? target.closest<HTMLElement>('.plot:not(.mini)') : null;
    const soon = () => {
      clearTimeout(rest);
      rest = setTimeout(commit, 250);
    };
    const onDown = (event: PointerEvent) => {
      const plot = plotOf(event.target);
      if (plot === null || event.button !== 0) return;
      drag = { x: event.clientX, width: plot.clientWidth, from: viewport.get().fromNs, moved: false };
    };
    const onMove = (event: PointerEvent) => {
      if (drag === undefined) return;
      const by = event.clientX - drag.x;
      if (!drag.moved && Math.abs(by) < dragFrom) return;
      drag.moved = true;
      node.classList.add('dragging');
      const window = viewport.get();
      const fromNs = drag.from - (by / drag.width) * spanOf(window);
      viewport.set({ fromNs, toNs: fromNs + spanOf(window) });
    };
    const onUp = (event: PointerEvent) => {
      if (drag?.moved === true) {
        event.stopPropagation();
        commit();
      }
      drag = undefined;
      node.classList.remove('dragging');
    };
    const onWheel = (event: WheelEvent) => {
      const plot = plotOf(event.target);
      if (plot === null) return;
      const box = plot.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        const share = (event.clientX - box.left) / box.width;
        viewport.set(zoomWindow(viewport.get(), Math.exp(event.deltaY / 300), share, viewport.durationNs));
      } else {
        const by = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
        // The page's own scrolling.
        if (by === 0 || (!event.shiftKey && Math.abs(event.deltaY) > Math.abs(event.deltaX))) return;
        viewport.set(panWindow(viewport.get(), by / box.width, viewport.durationNs));
      }
      event.preventDefault();
      soon();
    };
    node.addEventListener('pointerdown', onDown);
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp, true);
    window.addEventListener('pointercancel', onUp, true);
    node.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      clearTimeout(rest);
      node.removeEventListener('pointerdown', onDown);
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp, true);
      window.removeEventListener('pointercancel', onUp, true);
      node.removeEventListener('wheel', onWheel);
    };
  }, [area, viewport, commit]);
}
