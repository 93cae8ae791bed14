import type { SiteFacts } from '@/components/flamegraph/frame-facts';
import type { LockEntry } from '@/lib/contention/lock';
import { hrefWith } from '@/lib/selection/view';

/** What the graph says about frames that are sites of locks: the lock's waiting and the site's own events. */
export function siteFacts(entries: readonly LockEntry[], root: string, shared: URLSearchParams): SiteFacts[] {
  return entries.flatMap(({ lock }) => {
    const { max, avg, bucketSeconds } = lock.waiting;
    const common = {
      lockHref: hrefWith(`${root}/locks/${encodeURIComponent(lock.id)}`, shared),
      lockName: lock.name,
      max,
      avg,
      bucketSeconds,
    };
    const waits = lock.waiters.map(({ site, contentions, meanWaitSeconds }) => ({
      ...common,
      ...place(site),
      events: contentions,
      meanSeconds: meanWaitSeconds,
    }));
    const releases = lock.holders.map(({ site, contentions }) => ({
      ...common,
      ...place(site),
      events: contentions,
      meanSeconds: null,
    }));
    return [...waits, ...releases];
  });
}

function place(site: {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly kind: string;
}) {
  return { function: site.function, file: site.file, line: site.line, kind: site.kind };
}
