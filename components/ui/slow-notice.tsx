'use client';
// Client: the address, for the way to a narrower range.
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { hrefWith } from '@/lib/selection/view';

/**
 * In a skeleton: `children` at first, after 1 s that it is reading, after 8 s the way to a narrower range. The
 * stylesheet keeps the time (places.css): React wakes a skeleton of the first load only when its page has come.
 */
export function SlowNotice({ children }: { readonly children: ReactNode }) {
  const path = usePathname();
  const params = new URLSearchParams(useSearchParams().toString());
  return (
    <>
      <span className="slow-first">{children}</span>
      <span className="slow-then">
        Reading profiles
        <span className="slow-last">
          {' for 8 s or more · '}
          <Link href={hrefWith(path, params, { from: 'now-15m', to: 'now' })} prefetch={false}>
            Show the last 15 m instead
          </Link>
        </span>
      </span>
    </>
  );
}
