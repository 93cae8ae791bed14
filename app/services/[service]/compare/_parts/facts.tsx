import type { Comparison } from '@/lib/regression/comparison';
import { formatLockWaiting, lockUnitWords } from '@/lib/report/diff-sentence';
import { formatDuration, formatRatio } from '@/lib/units-format';

/** The numbers of the lock that the verdict is about, each with what it was measured on. */
export function Facts({ comparison }: { readonly comparison: Comparison }) {
  const [lock] = comparison.locks;
  const { runs, blindBelowRatio } = comparison;
  if (lock === undefined) return null;
  const { unit, base, head, noise } = lock.waiting;
  const change = head.median - base.median;
  const sign = change >= 0 ? '+' : '−';
  const { meanWaitSeconds: mean, ci95 } = lock;
  return (
    <dl className="facts">
      <div className={lock.verdict === 'regression' || lock.verdict === 'suspicious' ? 'loud' : undefined}>
        <dt>Change</dt>
        <dd>
          {sign}
          {formatLockWaiting(Math.abs(change), unit)}
          <span className="u">{lockUnitWords(unit)}</span>
        </dd>
        <dd className="note">
          {formatLockWaiting(base.median, unit)} → {formatLockWaiting(head.median, unit)}, medians of {runs.base} and{' '}
          {runs.head} runs; base’s own spread ±{formatLockWaiting(noise, unit)}
        </dd>
      </div>
      <div>
        <dt>Ratio, 95 % interval</dt>
        <dd>
          {lock.ratio === null ? lock.presence : formatRatio(lock.ratio, 1)}
          {ci95 === null ? null : (
            <span className="u">
              {formatRatio(ci95[0], 1)} – {formatRatio(ci95[1], 1)}
            </span>
          )}
        </dd>
        <dd className="note">Hodges-Lehmann over all pairs of runs</dd>
      </div>
      <div>
        <dt>Mean wait</dt>
        <dd>
          {formatDuration(mean.base)} → {formatDuration(mean.head)}
        </dd>
        <dd className="note">waited time over waits; not a percentile</dd>
      </div>
      <div>
        <dt>Chance of a false alarm</dt>
        <dd>{lock.q === null ? '–' : `q ${lock.q < 0.0001 ? '< 0.0001' : lock.q.toPrecision(2)}`}</dd>
        <dd className="note">Mann-Whitney on runs, Benjamini-Hochberg over all tested sites</dd>
      </div>
      <div>
        <dt>Smallest visible change</dt>
        <dd>{blindBelowRatio.lock === null ? '–' : formatRatio(blindBelowRatio.lock, 1)}</dd>
        <dd className="note">a smaller one could not be seen at a typical lock here</dd>
      </div>
    </dl>
  );
}
