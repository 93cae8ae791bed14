import type { Arrow } from '@/lib/flamegraph/forest';

export type FlameAction =
  | { readonly do: 'move'; readonly arrow: Arrow }
  | { readonly do: 'zoom' | 'out' | 'reset' | 'copy' | 'nextHit' | 'previousHit' | 'search' }
  | { readonly do: 'sandwich' }
  | { readonly do: 'transform'; readonly kind: 'focus' | 'focusFunction' | 'merge' | 'collapse' | 'drop' };

interface KeyPress {
  readonly key: string;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
}

const byKey: Readonly<Record<string, FlameAction>> = {
  ArrowUp: { do: 'move', arrow: 'up' },
  ArrowDown: { do: 'move', arrow: 'down' },
  ArrowLeft: { do: 'move', arrow: 'left' },
  ArrowRight: { do: 'move', arrow: 'right' },
  Home: { do: 'move', arrow: 'home' },
  End: { do: 'move', arrow: 'end' },
  Enter: { do: 'zoom' },
  Backspace: { do: 'out' },
  '0': { do: 'reset' },
  n: { do: 'nextHit' },
  N: { do: 'previousHit' },
  s: { do: 'sandwich' },
  '/': { do: 'search' },
  f: { do: 'transform', kind: 'focus' },
  F: { do: 'transform', kind: 'focusFunction' },
  m: { do: 'transform', kind: 'merge' },
  c: { do: 'transform', kind: 'collapse' },
  d: { do: 'transform', kind: 'drop' },
};

/** What a key pressed on the graph means; undefined leaves the key to the page. */
export function flameAction(press: KeyPress): FlameAction | undefined {
  if (press.altKey) return undefined;
  if (press.metaKey || press.ctrlKey) return press.key.toLowerCase() === 'c' ? { do: 'copy' } : undefined;
  return byKey[press.key];
}

/** The keys of the graph as pages list them. */
export const flameKeyHints: readonly (readonly [string, string])[] = [
  ['↑↓←→', 'move'],
  ['↵', 'zoom'],
  ['⌫', 'out'],
  ['f', 'focus'],
  ['s', 'sandwich'],
  ['m c d', 'merge, collapse, drop'],
  ['n N', 'hits'],
  ['0', 'reset'],
  ['⌘C', 'copy frame'],
];
