import Link from 'next/link';
import { formatNs } from '@/components/trace/time-ruler';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { Section } from '@/components/ui/section';
import { bareName } from '@/lib/profile/function-name';
import type { TraceLockRow } from '@/lib/query/trace/result';
import { formatCount, formatDigits, formatWaiting } from '@/lib/units-format';
import { longestOf } from './percentile-text';

/** Every lock of the trace with its exact percentiles, and what else was waited for; a name shows it in the picture. */
export function LocksTable({
  locks,
  chosen,
  hrefOf,
}: {
  readonly locks: readonly TraceLockRow[];
  readonly chosen: string | undefined;
  readonly hrefOf: (lock: string) => string;
}) {
  const real = locks.filter(({ isLock }) => isLock);
  const others = locks.filter(({ isLock }) => !isLock);
  return (
    <>
      <Section
        id="locks"
        title="Locks"
        sub="exact percentiles over the calls that had to wait; cut off = began before or not over with the trace"
      >
        {real.length === 0 ? (
          <p className="muted">No goroutine waited for a lock.</p>
        ) : (
          <Rows rows={real} name="Lock" chosen={chosen} hrefOf={hrefOf} />
        )}
      </Section>
      {others.length === 0 ? null : (
        <Section id="other-waits" title="Other waits" sub="channels, selects, WaitGroups: no lock stands behind them">
          <Rows rows={others} name="Where" chosen={chosen} hrefOf={hrefOf} />
        </Section>
      )}
    </>
  );
}

function Rows({
  rows,
  name,
  chosen,
  hrefOf,
}: {
  readonly rows: readonly TraceLockRow[];
  readonly name: string;
  readonly chosen: string | undefined;
  readonly hrefOf: (lock: string) => string;
}) {
  return (
    <ScrollRegion label={name === 'Lock' ? 'Locks of the trace' : 'Other waits of the trace'}>
      <table>
        <thead>
          <tr>
            <th>{name}</th>
            <th>Kind</th>
            <th className="n">Waits</th>
            <th className="n">Waited, goroutine-s</th>
            <th className="n">P50</th>
            <th className="n">P90</th>
            <th className="n">P99</th>
            <th className="n">Max</th>
            <th className="n">Cut off</th>
            <th className="n">Queue max (avg)</th>
            <th>Waiter</th>
            <th>Holder</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((lock) => (
            <LockRow key={lock.id} lock={lock} isChosen={lock.id === chosen} href={hrefOf(lock.id)} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function LockRow({
  lock,
  isChosen,
  href,
}: {
  readonly lock: TraceLockRow;
  readonly isChosen: boolean;
  readonly href: string;
}) {
  const { percentiles } = lock;
  const longest = longestOf(percentiles);
  return (
    <tr className={isChosen ? 'sel' : undefined}>
      <td>
        <Link href={href} prefetch={false} aria-current={isChosen ? 'true' : undefined}>
          <code>{lock.name}</code>
        </Link>
      </td>
      <td>{lock.family}</td>
      <td className="n">{formatCount(lock.waits)}</td>
      <td className="n">{formatDigits(lock.totalNs / 1e9)}</td>
      <td className="n">{formatNs(percentiles.p50Ns)}</td>
      <td className="n">{formatNs(percentiles.p90Ns)}</td>
      <td className="n">{formatNs(percentiles.p99Ns)}</td>
      <td className="n">
        {longest.atLeast ? '≥\u00a0' : ''}
        {formatNs(longest.ns)}
      </td>
      <td className="n">{formatCount(percentiles.censored)}</td>
      <td className="n">
        {formatCount(lock.queueMax)} <span className="sub">({formatWaiting(lock.queueAvg)})</span>
      </td>
      <td>
        <Sites names={lock.waiters.map(({ site }) => site.function)} />
      </td>
      <td>
        <Sites names={lock.holders.map(({ site }) => site.function)} />
      </td>
    </tr>
  );
}

function Sites({ names }: { readonly names: readonly string[] }) {
  const [first, ...rest] = names;
  if (first === undefined) return <span className="muted">not seen</span>;
  return (
    <>
      <code title={names.join('\n')}>{bareName(first)}</code>
      {rest.length === 0 ? null : <span className="sub"> +{rest.length}</span>}
    </>
  );
}
