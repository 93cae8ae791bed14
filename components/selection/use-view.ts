'use client';
// Client: the current URL, and going to another one.
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useTransition } from 'react';
import { hrefWith } from '@/lib/selection/view';

export interface ViewLinks {
  readonly path: string;
  readonly params: URLSearchParams;
  /** The same page with parameters changed; null removes one. */
  readonly href: (changes: Readonly<Record<string, string | null>>) => string;
  /** Goes to an address as a step of the history; the page keeps its numbers, dimmed, until the new ones are there. */
  readonly go: (href: string) => void;
  readonly pending: boolean;
}

/** The page's URL for client leaves: menus, brush, keys. */
export function useView(): ViewLinks {
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams().toString();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const [pending, startTransition] = useTransition();
  useEffect(() => {
    if (!pending) return;
    const main = document.getElementById('main');
    main?.setAttribute('aria-busy', 'true');
    return () => main?.removeAttribute('aria-busy');
  }, [pending]);
  return {
    path,
    params,
    href: (changes) => hrefWith(path, params, changes),
    go: (href) => startTransition(() => router.push(href, { scroll: false })),
    pending,
  };
}
