'use client';
// Client: asks the router for the page again at an interval, while the page can be seen.
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Reads the page again every `everyMs`: for what no live event announces, such as the outcome of a scrape. */
export function PollRefresh({ everyMs }: { readonly everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
