'use client';
// Client: a key.
import { useView } from '@/components/selection/use-view';
import { useShortcut } from '@/components/shell/shortcuts';

/** What picking does next. */
export function Picked({ picked, cancel }: { readonly picked: string | undefined; readonly cancel: string }) {
  const { go } = useView();
  useShortcut({ keys: 'Escape', label: 'Pick no build', group: 'Page' }, () => {
    if (picked !== undefined) go(cancel);
  });
  return (
    <p className="micro bd-picked" role="status">
      {picked === undefined ? (
        'Pick two builds to compare them.'
      ) : (
        <>
          <b>{picked}</b> is picked: pick the build to compare it with. <kbd>Esc</kbd> picks none.
        </>
      )}
    </p>
  );
}
