import type { LockChange } from '@/lib/regression/comparison';
import { formatLockWaiting } from '@/lib/report/diff-sentence';
import type { LogScale } from './log-scale';

/** Every run of both sides as a dot on the common axis, base above, head below, medians as bars. */
export function StripPlot({ waiting, scale }: { readonly waiting: LockChange['waiting']; readonly scale: LogScale }) {
  const { unit, base, head } = waiting;
  const words = (name: string, values: readonly number[]) => {
    const range =
      values.length === 0
        ? 'no run'
        : `${values.length} runs, ${formatLockWaiting(Math.min(...values), unit)} to ${formatLockWaiting(Math.max(...values), unit)}`;
    return `${name}: ${range}`;
  };
  return (
    <div className="strip" role="img" aria-label={`${words('base', base.values)}; ${words('head', head.values)}`}>
      <u style={{ left: place(scale, base.median) }} />
      <u className="h" style={{ left: place(scale, head.median) }} />
      {base.values.map((value, run) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is its number
        <i key={`b${run}`} className="b" style={{ left: place(scale, value) }} />
      ))}
      {head.values.map((value, run) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is its number
        <i key={`h${run}`} className="h" style={{ left: place(scale, value) }} />
      ))}
    </div>
  );
}

/** The axis of a column of strips. */
export function StripAxis({ scale, unit }: { readonly scale: LogScale; readonly unit: LockChange['waiting']['unit'] }) {
  return (
    <div className="saxis">
      {scale.ticks.map(({ value, at }, index) => (
        <span key={value} style={{ left: `${at * 100}%` }}>
          {index === 0 ? '≤' : ''}
          {formatLockWaiting(value, unit)}
        </span>
      ))}
    </div>
  );
}

function place(scale: LogScale, value: number): string {
  return `${(scale.at(value) * 100).toFixed(1)}%`;
}
