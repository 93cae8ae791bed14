import Link from 'next/link';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { shortName } from '@/lib/profile/function-name';
import type { LockChange } from '@/lib/regression/comparison';
import { formatLockWaiting, lockUnitWords } from '@/lib/report/diff-sentence';
import { formatRatio, formatWaiting } from '@/lib/units-format';
import { logScale } from './log-scale';
import { StripAxis, StripPlot } from './strip-plot';
import './compare.css';

/** The busiest native window of a lock on each side; null = not known. */
export interface BusiestBuckets {
  readonly base: number | null;
  readonly head: number | null;
}

interface LockChangesProps {
  readonly locks: readonly LockChange[];
  /** By lock id; empty where no bucket is stored (runs of CI). */
  readonly busiest: Readonly<Record<string, BusiestBuckets>>;
  readonly selected: string | undefined;
  /** Link of a row; undefined = rows lead nowhere. */
  readonly hrefOf: ((lock: LockChange) => string) | undefined;
}

export const verdictWords: Readonly<Record<LockChange['verdict'], string>> = {
  regression: 'worse',
  suspicious: 'suspicious',
  improved: 'better',
  moved: 'moved',
  unchanged: 'inside noise',
  inconclusive: 'cannot be told',
};

/** Locks by how they changed, each with every run of both sides. */
export function LockChanges({ locks, busiest, selected, hrefOf }: LockChangesProps) {
  const unit = locks[0]?.waiting.unit ?? 'goroutines';
  const scale = logScale(locks.flatMap(({ waiting }) => [...waiting.base.values, ...waiting.head.values]));
  return (
    <ScrollRegion label="Locks table">
      <table className="cmp-locks">
        <thead>
          <tr>
            <th>Lock</th>
            <th className="n">Base</th>
            <th className="n">Head</th>
            <th className="n">Change</th>
            <th className="n">Ratio, 95 %</th>
            <th className="n">Runs above</th>
            <th className="st">
              <StripAxis scale={scale} unit={unit} />
              <span className="legend">
                <span>
                  <i className="dot ring" /> base run
                </span>
                <span>
                  <i className="dot full" /> head run
                </span>
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {locks.map((lock) => (
            <tr key={lock.id} className={rowClass(lock, selected)} aria-current={lock.id === selected || undefined}>
              <th scope="row" className="name">
                {hrefOf === undefined ? (
                  <code>{lock.name}</code>
                ) : (
                  <Link href={hrefOf(lock)} scroll={false} prefetch={false}>
                    <code>{lock.name}</code>
                  </Link>
                )}{' '}
                {lock.presence === 'both' ? null : <span className="tag">{lock.presence}</span>}
                <span className="sub">{subOf(lock)}</span>
              </th>
              <td className="n" data-l="base">
                {formatLockWaiting(lock.waiting.base.median, unit)}
                <Busiest value={busiest[lock.id]?.base} />
              </td>
              <td className="n" data-l="head">
                <b>{formatLockWaiting(lock.waiting.head.median, unit)}</b>
                <Busiest value={busiest[lock.id]?.head} />
              </td>
              <td className={`n d ${tone(lock)}`}>{changeText(lock)}</td>
              <td className="n cf">
                {ratioText(lock)}
                {lock.ci95 === null ? null : (
                  <span className="sub">
                    {formatRatio(lock.ci95[0], 1)} – {formatRatio(lock.ci95[1], 1)}
                  </span>
                )}
              </td>
              <td className="n cf">
                {lock.runsAbove.above} of {lock.runsAbove.of}
              </td>
              <td className="st">
                <StripPlot waiting={lock.waiting} scale={scale} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="micro">
        Medians over runs, in {lockUnitWords(unit)}
        {unit === 'goroutines' ? ' per process' : ''}; “busiest” is the largest single window of one pod.
      </p>
    </ScrollRegion>
  );
}

function Busiest({ value }: { readonly value: number | null | undefined }) {
  if (value === undefined || value === null) return null;
  return <span className="sub">busiest {formatWaiting(value)}</span>;
}

function rowClass(lock: LockChange, selected: string | undefined): string {
  const quiet = lock.verdict === 'unchanged' || lock.verdict === 'inconclusive' ? 'quiet' : lock.verdict;
  return lock.id === selected ? `${quiet} sel` : quiet;
}

function tone({ verdict }: LockChange): string {
  return verdict === 'regression' ? 'bad' : verdict === 'improved' ? 'good' : verdict === 'suspicious' ? 'warn' : '';
}

/** `▲ +54.0`, `▼ −2.1`, `=`; nothing is called a change inside the noise. */
function changeText({ verdict, waiting: { unit, base, head } }: LockChange): string {
  if (verdict === 'unchanged' || verdict === 'inconclusive') return '=';
  const change = head.median - base.median;
  const amount = formatLockWaiting(Math.abs(change), unit);
  return change >= 0 ? `▲ +${amount}` : `▼ −${amount}`;
}

function ratioText({ ratio, presence, verdict }: LockChange): string {
  if (ratio === null) return presence === 'both' ? '–' : presence;
  return verdict === 'unchanged' ? `${formatRatio(ratio, 1)}, inside noise` : formatRatio(ratio, 1);
}

function subOf({ family, waiter, holder, movedWith, verdict }: LockChange): string {
  if (movedWith !== null) return `${family} · moved with ${movedWith}`;
  if (waiter === null || holder === null) return `${family} · ${verdictWords[verdict]}`;
  return `${family} · ${shortName(waiter.function)} waits for ${shortName(holder.function)}`;
}
