'use client';
// Client: history, clipboard and going to another view.
import { useEffect, useState } from 'react';
import { useView } from '@/components/selection/use-view';
import { arrowFrom, boxOf, type Forest } from '@/lib/flamegraph/forest';
import type { FlameAction } from './flame-keys';
import { frameText, hrefAfter } from './frame-actions';
import type { FlameState } from './use-flame-state';

/** Carries out what keys and buttons ask for, on the selected frame. `sharedRows` as in FlameExplorer. */
export function useFlameActions(
  forest: Forest,
  state: FlameState,
  hits: readonly string[],
  sharedRows: 0 | 1 | 2,
  focusSearch: () => void,
): { readonly act: (action: FlameAction) => void; readonly copied: boolean } {
  const { path, go } = useView();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const act = (action: FlameAction): void => {
    const node = (boxOf(forest, state.selected) ?? boxOf(forest, forest.rootId))?.node;
    if (node === undefined) return;
    switch (action.do) {
      case 'move':
        state.select(arrowFrom(forest, node.id, action.arrow));
        break;
      case 'zoom':
        state.zoomTo(node.id);
        break;
      case 'out':
        state.zoomTo(state.zoom === undefined ? undefined : boxOf(forest, state.zoom)?.parent);
        break;
      case 'reset':
        state.reset();
        break;
      case 'nextHit':
      case 'previousHit': {
        const hit = neighbour(hits, state.selected, action.do === 'nextHit' ? 1 : -1);
        if (hit !== undefined) state.select(hit);
        break;
      }
      case 'search':
        focusSearch();
        break;
      case 'copy':
        void navigator.clipboard.writeText(frameText(node)).then(() => setCopied(true));
        break;
      case 'sandwich':
      case 'transform': {
        state.settle();
        // The address itself: React's copy of it may be a step behind.
        const params = new URLSearchParams(location.search);
        const byPath = sharedRows === 0 && params.get('inv') !== '1';
        const side = sharedRows < 2 ? undefined : forest.down.has(node.id) ? 'waiters' : 'holders';
        const next = hrefAfter(path, params, action, node, byPath, side);
        if (next !== undefined) go(next);
        break;
      }
    }
  };
  return { act, copied };
}

/** The hit after or before the selected one, round the ends; from elsewhere the first or the last. */
function neighbour(hits: readonly string[], selected: string, step: 1 | -1): string | undefined {
  const at = hits.indexOf(selected);
  if (at < 0) return step === 1 ? hits[0] : hits.at(-1);
  return hits[(at + step + hits.length) % hits.length];
}
