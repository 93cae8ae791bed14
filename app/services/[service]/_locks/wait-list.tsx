import { Duration, Waiting } from '@/components/ui/quantity';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { LockEntry } from '@/lib/contention/lock';
import { bareName, placeOf } from '@/lib/profile/function-name';
import { formatCount } from '@/lib/units-format';

/** Waits that are not locks, idle waits or runtime locks: where, how many wait at most and on average, how long. */
export function WaitList({ label, entries }: { readonly label: string; readonly entries: readonly LockEntry[] }) {
  return (
    <ScrollRegion label={`Table of ${label.toLowerCase()}`}>
      <table>
        <thead>
          <tr>
            <th>Where</th>
            <th>Kind</th>
            <th className="n">Busiest bucket</th>
            <th className="n">Average</th>
            <th className="n">Mean wait</th>
            <th className="n">Waits</th>
            <th>In</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ lock }) => {
            const site = lock.waiters[0]?.site ?? lock.holders[0]?.site;
            return (
              <tr key={lock.id} data-wait={lock.id}>
                <td>
                  <code>{lock.name}</code>
                </td>
                <td>{lock.family}</td>
                <td className="n">
                  <Waiting value={lock.waiting.max} />
                </td>
                <td className="n">
                  <Waiting value={lock.waiting.avg} />
                </td>
                <td className="n">
                  <Duration seconds={lock.meanWaitSeconds} />
                </td>
                <td className="n">{formatCount(lock.contentions)}</td>
                <td>
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
