import Link from 'next/link';
import { Sparkline } from '@/components/charts/sparkline';
import { Duration, Waiting } from '@/components/ui/quantity';
import { quietBelow } from '@/lib/report/service-sentence';
import { formatCount, formatDuration } from '@/lib/units-format';
import type { LockRow } from './lock-row';

/** Dots up to this many pods; more are only counted. */
const dotsShown = 12;

/** The cells of one lock. */
export function LockCells({
  row,
  rank,
  href,
  pods,
  sum,
  atLeast,
  open,
  toggle,
}: {
  readonly row: LockRow;
  readonly rank: number;
  readonly href: string;
  readonly pods: number;
  readonly sum: boolean;
  readonly atLeast: boolean;
  readonly open: boolean;
  readonly toggle: () => void;
}) {
  const loud = (row.max ?? 0) >= 1;
  const quiet = (row.max ?? 0) < quietBelow;
  return (
    <>
      <td className="x rank">
        <button
          type="button"
          className="opener"
          aria-expanded={open}
          aria-label={`Waiters and holders of ${row.name}`}
          onClick={toggle}
        >
          {rank}
        </button>
      </td>
      <td className="lk">
        <Link href={href} prefetch={false} className="plain">
          <code>{row.name}</code>
        </Link>
        <span className="tag">{row.family}</span>
        {row.pattern === undefined ? null : <span className="tag is-bad">{row.pattern}</span>}
      </td>
      <td className={loud ? 'n loud' : 'n'} data-l="busiest">
        <Waiting value={row.max} atLeast={atLeast} />
      </td>
      <td className="n" data-l="average">
        <Waiting value={sum ? row.sumAvg : row.avg} atLeast={atLeast} />
      </td>
      <td className="n x">
        <Duration seconds={row.meanWait} />
      </td>
      <td className="n x">{row.hold === undefined ? '–' : <Hold hold={row.hold} />}</td>
      <td
        className="x clip"
        style={{ maxWidth: 220 }}
        title={`${row.waiter ?? 'nobody'} waits, ${row.holder === undefined ? 'who holds is not known' : `${row.holder} holds`}`}
      >
        {row.waiter ?? '–'} <span className="muted">→</span> {row.holder ?? <span className="muted">not known</span>}
      </td>
      <td className="x n">
        <PodDots affected={row.pods} pods={pods} />
      </td>
      <td className="x">
        <Sparkline values={row.spark} colour={quiet ? 'var(--control)' : 'var(--waiter)'} />
      </td>
    </>
  );
}

function Hold({ hold }: { readonly hold: NonNullable<LockRow['hold']> }) {
  const low = formatDuration(hold.low);
  return (
    <span title={low === formatDuration(hold.high) ? undefined : `between ${low} and ${formatDuration(hold.high)}`}>
      <Duration seconds={hold.high} estimate />
    </span>
  );
}

function PodDots({ affected, pods }: { readonly affected: number | null; readonly pods: number }) {
  if (affected === null) return '–';
  return (
    <>
      {pods > dotsShown ? null : (
        <span className="dots" aria-hidden="true">
          {Array.from({ length: pods }, (_, pod) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: dots are alike
            <i key={pod} className={pod < affected ? 'on' : undefined} />
          ))}
        </span>
      )}
      {formatCount(affected)}/{formatCount(pods)}
    </>
  );
}
