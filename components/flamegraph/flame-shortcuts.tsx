'use client';
// Client: keyboard.
import { useView } from '@/components/selection/use-view';
import { useShortcut } from '@/components/shell/shortcuts';

const elsewhere = { sel: null, zoom: null, t: null, fn: null, color: null };

/** Keys of the flame page outside the graph: `v` the mirror, `i` idle waits, where there are any. */
export function FlameShortcuts({ mirror, idle }: { readonly mirror: boolean; readonly idle: boolean }) {
  const { href, go, params } = useView();
  useShortcut({ keys: 'v', label: 'Mirror waiters and holders', group: 'Page' }, () => {
    if (mirror) go(href({ ...elsewhere, mode: 'mirror' }));
  });
  useShortcut({ keys: 'i', label: 'Show or hide idle waits', group: 'Page' }, () => {
    if (idle) go(href({ idle: params.get('idle') === '1' ? null : '1' }));
  });
  return null;
}
