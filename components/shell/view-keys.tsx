'use client';
// Client: history and clipboard.
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { absoluteRange } from '@/components/selection/range-moves';
import { useView } from '@/components/selection/use-view';
import { errorMessage } from '@/lib/errors';
import { parseRange } from '@/lib/selection/range';
import { defaultFrom, defaultTo, hrefWith } from '@/lib/selection/view';
import { formatSpan } from '@/lib/time-format';
import { unixMs } from '@/lib/units';
import { useShortcut } from './shortcuts';

/** Keys that work on every page: undo and redo a change of the view, copy a link that stays the same. */
export function ViewKeys() {
  const router = useRouter();
  const { path, params } = useView();
  const [toast, setToast] = useState<string>();
  const say = (text: string) => {
    setToast(text);
    setTimeout(() => setToast(undefined), 3000);
  };
  const copyLink = async () => {
    try {
      const range = parseRange(params.get('from') ?? defaultFrom, params.get('to') ?? defaultTo, unixMs(Date.now()));
      const link = new URL(hrefWith(path, params, { ...absoluteRange(range), tz: 'UTC' }), location.origin);
      await navigator.clipboard.writeText(link.href);
      say(`Link copied: ${formatSpan(range.from, range.to)} UTC`);
    } catch (error) {
      say(`Link not copied: ${errorMessage(error)}`);
    }
  };
  useShortcut({ keys: 'z', label: 'Undo a change of the view', group: 'Page' }, () => router.back());
  useShortcut({ keys: 'Z', label: 'Redo it', group: 'Page' }, () => router.forward());
  useShortcut({ keys: 'y', label: 'Copy link with absolute times', group: 'Page' }, () => void copyLink());
  return (
    <output aria-live="polite" className={toast === undefined ? 'sr' : 'toast'}>
      {toast}
    </output>
  );
}
