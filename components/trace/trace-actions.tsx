'use client';
// Client: the clipboard and the address.
import { useState } from 'react';
import { useShortcut } from '@/components/shell/shortcuts';
import { Late } from './late';
import { overlays } from './trace-params';
import { TraceSearch } from './trace-search';
import { useTraceView } from './use-trace-view';

const overlayNames = { none: 'off', gc: 'GC', pauses: 'pauses' } as const;

/** Search, the overlay of the collector, and a link to what is on screen. */
export function TraceActions() {
  const { params, change } = useTraceView();
  const [copied, setCopied] = useState<'idle' | 'copied' | 'refused'>('idle');
  const cycle = () =>
    change(({ overlay }) => {
      const next = overlays[(overlays.indexOf(overlay) + 1) % overlays.length] ?? 'none';
      return { overlay: next === 'none' ? null : next };
    });
  useShortcut({ keys: 'o', label: 'Overlay of GC: off, marks and pauses, pauses', group: 'Page' }, cycle);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setCopied('copied');
    } catch {
      // Browsers refuse the clipboard outside secure origins.
      setCopied('refused');
    }
    setTimeout(() => setCopied('idle'), 2000);
  };
  return (
    <>
      <TraceSearch />
      <button type="button" className="btn" aria-pressed={params.overlay !== 'none'} onClick={cycle}>
        Overlay: {overlayNames[params.overlay]} <kbd>o</kbd>
      </button>
      <button type="button" className="btn" onClick={copy} aria-live="polite">
        {copied === 'idle' ? 'Copy link' : copied === 'copied' ? 'Link copied' : 'Copy it from the address bar'}{' '}
        <kbd>y</kbd>
      </button>
      <Late>
        <CopyKey copy={() => void copy()} />
      </Late>
    </>
  );
}

function CopyKey({ copy }: { readonly copy: () => void }) {
  useShortcut({ keys: 'y', label: 'Copy link to what is shown', group: 'Page' }, copy);
  return null;
}
