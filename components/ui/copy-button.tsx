'use client';
// Client: the clipboard.
import { useState } from 'react';

/** Copies `text`; says so on the button itself. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // Browsers refuse the clipboard outside secure origins; the text beside the button can be selected.
      setState('refused');
    }
    setTimeout(() => setState('idle'), 2000);
  };
  return (
    <button type="button" className="btn small" onClick={copy} aria-live="polite">
      {state === 'idle' ? label : state === 'copied' ? 'Copied' : 'Select and copy by hand'}
    </button>
  );
}
