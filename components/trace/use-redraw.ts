'use client';
// Client: watches what changes a picture besides the viewport.
import { type RefObject, useEffect } from 'react';
import type { Viewport } from './viewport';

/** Draws again when the theme, the size of the lanes or the fonts have changed. */
export function useRedraw(area: RefObject<HTMLElement | null>, viewport: Viewport): void {
  useEffect(() => {
    const theme = new MutationObserver(viewport.redraw);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const size = new ResizeObserver(viewport.redraw);
    if (area.current !== null) size.observe(area.current);
    let left = false;
    void document.fonts.ready.then(() => {
      if (!left) viewport.redraw();
    });
    return () => {
      left = true;
      theme.disconnect();
      size.disconnect();
    };
  }, [area, viewport]);
}
