import Link from 'next/link';
import { formatNs } from '@/components/trace/time-ruler';
import type { TraceLockRow } from '@/lib/query/trace/result';
import { formatCount } from '@/lib/units-format';

const chipsShown = 6;

/** The locks waited for most, each a link that puts it into the picture; the rest are in the table below. */
export function LockChooser({
  locks,
  chosen,
  hrefOf,
  service,
}: {
  readonly locks: readonly TraceLockRow[];
  readonly chosen: string | undefined;
  readonly hrefOf: (lock: string) => string;
  /** Whose trace it is: profiles of the same service know the lock by the same id. */
  readonly service: string | undefined;
}) {
  const real = locks.filter(({ isLock, id }) => isLock || id === chosen);
  if (real.length === 0) return null;
  const first = real.slice(0, chipsShown);
  const last = real.find(({ id }) => id === chosen);
  const shown = last === undefined || first.includes(last) ? first : [...first.slice(0, -1), last];
  return (
    <nav className="lock-chooser" aria-label="Lock on screen">
      <span className="micro">Lock</span>
      {shown.map((lock) => (
        <Link
          key={lock.id}
          href={hrefOf(lock.id)}
          prefetch={false}
          className="chip"
          aria-current={lock.id === chosen ? 'true' : undefined}
          scroll={false}
        >
          <code>{lock.name}</code>
          <span className="k">{formatNs(lock.totalNs)} waited</span>
        </Link>
      ))}
      {real.length > shown.length ? (
        <a href="#locks" className="micro">
          {formatCount(real.length - shown.length)} more
        </a>
      ) : null}
      {service === undefined || last?.isLock !== true ? null : (
        <Link href={`/services/${encodeURIComponent(service)}/locks/${last.id}`} prefetch={false} className="micro">
          this lock in the profiles of {service}
        </Link>
      )}
    </nav>
  );
}
