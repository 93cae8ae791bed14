'use client';
// Client: counts the seconds since the page was asked for.
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { hrefWith } from '@/lib/selection/view';
import { formatDuration } from '@/lib/units-format';

const sayAfter = 1;
const offerAfter = 8;

/** In a skeleton: `children` at first, after 1 s how long it has taken, after 8 s ways out: back, or a narrower range. */
export function SlowNotice({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const path = usePathname();
  const params = new URLSearchParams(useSearchParams().toString());
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const start = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - start) / 1000)), 500);
    return () => clearInterval(timer);
  }, []);
  if (seconds < sayAfter) return children;
  return (
    <>
      Reading profiles, {formatDuration(seconds)}
      {seconds < offerAfter ? null : (
        <>
          {' · '}
          <Link href={hrefWith(path, params, { from: 'now-15m', to: 'now' })}>Show the last 15 m instead</Link>
          {' · '}
          <button type="button" className="as-link" onClick={() => router.back()}>
            Cancel
          </button>
        </>
      )}
    </>
  );
}
