'use client';
// Client: keyboard.
import { useView } from '@/components/selection/use-view';
import { useShortcut } from '@/components/shell/shortcuts';

const elsewhere = { sel: null, zoom: null, t: null, fn: null, color: null };

/** Keys of the flame page outside the graph, each only where it has something to do. */
export function FlameShortcuts({ mirror, idle }: { readonly mirror: boolean; readonly idle: boolean }) {
  return (
    <>
      {mirror ? <MirrorKey /> : null}
      {idle ? <IdleKey /> : null}
    </>
  );
}

function MirrorKey() {
  const { href, go } = useView();
  useShortcut({ keys: 'v', label: 'Mirror waiters and holders', group: 'Page' }, () => {
    go(href({ ...elsewhere, mode: 'mirror' }));
  });
  return null;
}

function IdleKey() {
  const { href, go, params } = useView();
  useShortcut({ keys: 'i', label: 'Show or hide idle waits', group: 'Page' }, () => {
    go(href({ idle: params.get('idle') === '1' ? null : '1' }));
  });
  return null;
}
