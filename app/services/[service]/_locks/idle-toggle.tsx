'use client';
// Client: a key that follows the link.
import Link from 'next/link';
import { useView } from '@/components/selection/use-view';
import { useShortcut } from '@/components/shell/shortcuts';
import { formatPlural } from '@/lib/units-format';

/** How many idle waits are hidden, and the way to see them; `i` does the same. */
export function IdleToggle({ count, shown }: { readonly count: number; readonly shown: boolean }) {
  const { href, go } = useView();
  const target = href({ idle: shown ? null : '1' });
  useShortcut({ keys: 'i', label: shown ? 'Hide idle waits' : 'Show idle waits', group: 'List' }, () => go(target));
  return (
    <Link className="chip" href={target} prefetch={false} scroll={false}>
      {formatPlural(count, 'idle wait')} {shown ? 'shown' : 'hidden'} <kbd>i</kbd>
    </Link>
  );
}
