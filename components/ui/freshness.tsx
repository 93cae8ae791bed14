'use client';
// Client: the age grows while the page is open.
import { useEffect, useState } from 'react';
import { formatAge } from '@/lib/time-format';

/** "newest profile 8 s ago"; amber and in words when older than three scrape intervals. `now` is the server's. */
export function Freshness({
  newest,
  now,
  everySeconds,
}: {
  readonly newest: number;
  readonly now: number;
  readonly everySeconds: number | undefined;
}) {
  const [ticked, setTicked] = useState(now);
  useEffect(() => {
    const start = Date.now();
    const timer = setInterval(() => setTicked(now + Date.now() - start), 1000);
    return () => clearInterval(timer);
  }, [now]);
  const at = Math.max(now, ticked);
  const stale = everySeconds !== undefined && at - newest > 3 * everySeconds * 1000;
  return (
    <span className={stale ? 'tag is-warn' : undefined} data-stale={stale || undefined}>
      newest profile {formatAge(newest, at)}
      {stale ? ', late' : ''}
    </span>
  );
}
