'use client';
// Client: the clipboard, and the address as it is now.
import { useState } from 'react';
import { absoluteRange } from './range-moves';
import { useView } from './use-view';

/** "Copy link": the present view with the times that are on screen, so that it shows the same tomorrow. */
export function CopyLink({ range }: { readonly range: { readonly from: number; readonly to: number } }) {
  const { href } = useView();
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(new URL(href({ ...absoluteRange(range), tz: 'UTC' }), location.origin).href);
      setState('copied');
    } catch {
      // Browsers refuse the clipboard outside secure origins.
      setState('refused');
    }
    setTimeout(() => setState('idle'), 2000);
  };
  return (
    <button type="button" className="btn" onClick={copy} aria-live="polite">
      {state === 'idle' ? 'Copy link' : state === 'copied' ? 'Link copied' : 'Copy it from the address bar'}{' '}
      <kbd>y</kbd>
    </button>
  );
}
