import type { SiteFacts } from '@/components/flamegraph/frame-facts';
import type { LockEntry } from '@/lib/contention/lock';
import { hrefWith } from '@/lib/selection/view';

/**
 * What the graph says about frames that are sites of locks: the lock's waiting and the site's own events. Without
 * `link` (an upload has no lock pages) the lock is named only.
 */
export function siteFacts(
  entries: readonly LockEntry[],
  link: { readonly root: string; readonly shared: URLSearchParams } | undefined,
): SiteFacts[] {
  return entries.flatMap(({ lock }) => {
    const { max, avg, bucketSeconds } = lock.waiting;
    const common = {
      lockHref:
        link === undefined ? undefined : hrefWith(`${link.root}/locks/${encodeURIComponent(lock.id)}`, link.shared),
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
