import { sortLocks } from '@/components/selection/lock-sort';
import { Duration, Waiting } from '@/components/ui/quantity';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { LockEntry } from '@/lib/contention/lock';
import { bareName, placeOf } from '@/lib/profile/function-name';
import { formatCount, formatDuration } from '@/lib/units-format';

/** Waits that are not locks, idle waits or runtime locks, busiest first: where, how many wait at most and on average, how long. */
export function WaitList({ label, entries }: { readonly label: string; readonly entries: readonly LockEntry[] }) {
  const rows = sortLocks(entries, { key: 'max', ascending: false });
  const bucket = rows[0]?.lock.waiting.bucketSeconds ?? null;
  return (
    <ScrollRegion label={`Table of ${label.toLowerCase()}`}>
      <table className="waits">
        <thead>
          <tr>
            <th>Where</th>
            <th className="not-phone">Kind</th>
            <th className="n">{bucket === null ? 'Busiest bucket' : `Busiest ${formatDuration(bucket)}`}</th>
            <th className="n">Average</th>
            <th className="n not-phone">Mean wait</th>
            <th className="n not-phone">Waits</th>
            <th className="not-phone">Waits in</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ lock }) => {
            const site = lock.waiters[0]?.site ?? lock.holders[0]?.site;
            return (
              <tr key={lock.id} data-wait={lock.id}>
                <td>
                  <code>{lock.name}</code>
                  <span className="muted only-phone"> {lock.family}</span>
                </td>
                <td className="not-phone">{lock.family}</td>
                <td className="n">
                  <Waiting value={lock.waiting.max} />
                </td>
                <td className="n">
                  <Waiting value={lock.waiting.avg} />
                </td>
                <td className="n not-phone">
                  <Duration seconds={lock.meanWaitSeconds} />
                </td>
                <td className="n not-phone">{formatCount(lock.contentions)}</td>
                <td className="not-phone">
                  {site === undefined ? '–' : `${bareName(site.function)} `}
                  <span className="muted">{site === undefined ? '' : placeOf(site)}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
