'use client';
// Client: which row is chosen, faster than the URL can follow.
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { ViewLinks } from '@/components/selection/use-view';
import { hrefWith } from '@/lib/selection/view';

/** Time after the last key until the URL says which row. */
const restMs = 250;

export interface RowCursor {
  readonly cursor: string | null;
  /** The chosen row now, also between two renders. */
  readonly current: () => string | null;
  readonly select: (id: string) => void;
  /** Goes to another page once the URL of this one says which row was left, so that Back comes to it. */
  readonly leave: (href: string) => void;
}

/** The chosen row of a table, kept in `sel` of the URL when the keys rest: each change of it costs the router a turn. */
export function useRowCursor({ path, params }: Pick<ViewLinks, 'path' | 'params'>): RowCursor {
  const router = useRouter();
  const selected = params.get('sel');
  const [cursor, setCursor] = useState(selected);
  const latest = useRef(cursor);
  const [leaving, setLeaving] = useState<string>();
  useEffect(() => {
    if (cursor === null || cursor === selected) {
      if (leaving === undefined) return;
      setLeaving(undefined);
      return router.push(leaving);
    }
    const follow = () => window.history.replaceState(null, '', hrefWith(path, params, { sel: cursor }));
    if (leaving !== undefined) return follow();
    const timer = setTimeout(follow, restMs);
    return () => clearTimeout(timer);
  }, [cursor, selected, leaving, router, path, params]);
  return {
    cursor,
    current: () => latest.current,
    select: (id) => {
      latest.current = id;
      setCursor(id);
    },
    leave: setLeaving,
  };
}
