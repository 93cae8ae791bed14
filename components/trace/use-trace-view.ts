'use client';
// Client: the address of the trace page, changed without asking the server for the page again.
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { hrefWith } from '@/lib/selection/view';
import { readTraceParams, type TraceParams } from './trace-params';

type Changes = Readonly<Record<string, string | null>>;

export interface TraceView {
  readonly params: TraceParams;
  /**
   * Changes the address: `step` makes it one of the history, so that Back and `z` undo it. A function is given what the
   * address says now, which two quick keys may have left ahead of the page.
   */
  readonly change: (changes: Changes | ((now: TraceParams) => Changes), how?: 'step' | 'replace') => void;
  /** The address with changes, for links. */
  readonly href: (changes: Readonly<Record<string, string | null>>) => string;
}

export function useTraceView(): TraceView {
  const path = usePathname();
  const search = useSearchParams().toString();
  const params = useMemo(() => readTraceParams(new URLSearchParams(search)), [search]);
  // From the address itself: two changes in one turn both stay.
  const change = useCallback<TraceView['change']>((changes, how = 'step') => {
    const now = new URLSearchParams(location.search);
    const href = hrefWith(
      location.pathname,
      now,
      typeof changes === 'function' ? changes(readTraceParams(now)) : changes,
    );
    if (href === hrefWith(location.pathname, now)) return;
    if (how === 'step') history.pushState(null, '', href);
    else history.replaceState(null, '', href);
  }, []);
  const href = useCallback<TraceView['href']>(
    (changes) => hrefWith(path, new URLSearchParams(search), changes),
    [path, search],
  );
  return { params, change, href };
}
