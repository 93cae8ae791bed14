import Link from 'next/link';
import type { LockDetail } from '@/lib/query/result';
import { hrefWith } from '@/lib/selection/view';
import { formatTime } from '@/lib/time-format';
import { formatPlural, formatWaiting } from '@/lib/units-format';

/** The lock in each build of the range, oldest first; a name leads to that build alone. */
export function Builds({
  builds,
  path,
  params,
}: {
  readonly builds: LockDetail['builds'];
  readonly path: string;
  readonly params: URLSearchParams;
}) {
  if (builds.length === 0) return null;
  const most = Math.max(...builds.map(({ max }) => max));
  return (
    <section aria-labelledby="builds">
      <div className="sec">
        <h2 id="builds">Builds</h2>
        <span className="sub">busiest bucket of one pod, average per pod</span>
      </div>
      <ul>
        {builds.map(({ build, avg, max, first, pods }) => (
          <li key={build} className="lk-build">
            <Link href={hrefWith(path, params, { build })} prefetch={false}>
              <code>{build}</code>
            </Link>
            <span className="track">
              <i style={{ width: `${most === 0 ? 0 : (max / most) * 100}%` }} aria-hidden="true" />
            </span>
            <span className="nowrap">
              <b>max {formatWaiting(max)}</b> <span className="muted">avg {formatWaiting(avg)}</span>
            </span>
            <span className="muted nowrap not-phone">
              {formatPlural(pods, 'pod')}, first seen {formatTime(first)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
