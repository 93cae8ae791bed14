'use client';
// Client: a field with a key of its own.
import { useRef, useState } from 'react';
import { useShortcut } from '@/components/shell/shortcuts';
import { useTraceView } from './use-trace-view';

/** Words with their values, or nothing. */
const words = /^(\s*(state|dur|fn|lock|g):\S+\s*)*$/;

/** The search of the page: Enter or a pause of typing puts it into the address. */
export function TraceSearch() {
  const { params, change } = useTraceView();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [typed, setTyped] = useState<{ readonly text: string; readonly over: string }>();
  // What the address says wins once it changed by another way.
  const text = typed === undefined || typed.over !== params.query ? params.query : typed.text;
  const apply = (query: string, how: 'step' | 'replace') => {
    clearTimeout(timer.current);
    change({ q: query.trim() === '' ? null : query.trim(), found: null }, how);
  };
  useShortcut({ keys: '/', label: 'Search waits and states', group: 'Page' }, () => field.current?.focus());
  return (
    <search className="trace-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          apply(text, 'step');
          document.getElementById('found')?.focus();
        }}
      >
        <input
          ref={field}
          className="field"
          type="search"
          aria-label="Search waits and states"
          placeholder="state:lock dur:>1ms fn:GetConfig g:17"
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            const next = event.target.value;
            setTyped({ text: next, over: params.query });
            clearTimeout(timer.current);
            // Half a word is no question yet.
            if (words.test(next)) timer.current = setTimeout(() => apply(next, 'replace'), 400);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.currentTarget.blur();
          }}
        />
        <kbd>/</kbd>
      </form>
    </search>
  );
}
