import { formatNs } from '@/components/trace/time-ruler';
import { Explain } from '@/components/ui/explain';
import { Duration } from '@/components/ui/quantity';
import type { TraceLockRow, TraceSummary } from '@/lib/query/trace/result';
import { formatCount, formatPlural, formatShare, formatWaiting } from '@/lib/units-format';
import { doingParts } from './doing-text';
import { maximumText } from './percentile-text';

/** The numbers of the lock on screen: queue, hold, exact percentiles, what the holder did, the collector's part. */
export function TraceFacts({ summary, lock }: { readonly summary: TraceSummary; readonly lock: TraceLockRow }) {
  const { percentiles } = lock;
  return (
    <dl className="facts">
      <div className="loud">
        <dt>Longest queue</dt>
        <dd>
          {formatCount(lock.queueMax)}
          <span className="u"> {lock.queueMax === 1 ? 'goroutine' : 'goroutines'} at once</span>
        </dd>
        <dd className="note">
          average over {formatNs(summary.durationNs)}: {formatWaiting(lock.queueAvg)}
        </dd>
      </div>
      <Hold summary={summary} lock={lock} />
      <div>
        <dt>Wait P50</dt>
        <dd>
          <Duration seconds={seconds(percentiles.p50Ns)} />
        </dd>
        <dd className="note">
          n = {formatCount(percentiles.n)},{' '}
          {percentiles.censored === 0 ? 'none cut off' : `${formatCount(percentiles.censored)} cut off`}
        </dd>
      </div>
      <div>
        <dt>
          Wait P99
          <Explain of="the percentiles">
            Exact, nearest rank, over every call that had to wait and got the lock within the trace. Calls that did not
            have to wait leave no trace and are not among them.
          </Explain>
        </dt>
        <dd>
          <Duration seconds={seconds(percentiles.p99Ns)} />
        </dd>
        <dd className="note">{maximumText(percentiles)}</dd>
      </div>
      <HolderTime summary={summary} lock={lock} />
      <Collector summary={summary} />
    </dl>
  );
}

function Hold({ summary: { headline }, lock }: { readonly summary: TraceSummary; readonly lock: TraceLockRow }) {
  if (headline === undefined || headline.lock !== lock.id || headline.goroutine === undefined) {
    const exact = lock.holders.filter(({ holdMaxNs }) => holdMaxNs !== null);
    const longest = exact.reduce((most, { holdMaxNs }) => Math.max(most, holdMaxNs ?? 0), 0);
    return (
      <div>
        <dt>Longest hold, exact</dt>
        <dd>{exact.length === 0 ? <span className="muted">unknown</span> : <Duration seconds={longest / 1e9} />}</dd>
        <dd className="note">{startsText(lock)}</dd>
      </div>
    );
  }
  const isExact = headline.start === 'exact' && headline.released;
  return (
    <div>
      <dt>{headline.start === 'unknown' ? 'Hold' : isExact ? 'Hold, exact' : 'Hold, at least'}</dt>
      <dd>
        {headline.holdNs === undefined ? (
          <span className="muted">unknown</span>
        ) : (
          <>
            {isExact ? '' : '≥\u00a0'}
            <Duration seconds={headline.holdNs / 1e9} />
          </>
        )}
      </dd>
      <dd className="note">{headline.start === 'unknown' ? 'its start is not in the trace' : startsText(lock)}</dd>
    </div>
  );
}

/** `of 3 797 holds: 2 390 exact, 277 at least, 574 unknown`. */
function startsText({ holders }: TraceLockRow): string {
  const sum = { exact: 0, bounded: 0, unknown: 0 };
  for (const { holds } of holders) {
    sum.exact += holds.exact;
    sum.bounded += holds.bounded;
    sum.unknown += holds.unknown;
  }
  const all = sum.exact + sum.bounded + sum.unknown;
  if (all === 0) return 'no hold is seen';
  if (all === 1) return sum.exact === 1 ? 'one hold in the capture' : 'one hold in the capture, its start bounded';
  if (sum.exact === all) return `all ${formatCount(all)} holds exact`;
  const parts = [
    [sum.exact, 'exact'],
    [sum.bounded, 'at least'],
    [sum.unknown, 'unknown'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, name]) => `${formatCount(count)} ${name}`);
  return `of ${formatPlural(all, 'hold')} ${said.join(', ')}`;
}

function HolderTime({ summary: { headline }, lock }: { readonly summary: TraceSummary; readonly lock: TraceLockRow }) {
  const doing = headline?.lock === lock.id && headline.doing !== undefined ? headline.doing : lock.holders[0]?.doing;
  const [first, ...rest] = doing === undefined ? [] : doingParts(doing);
  return (
    <div>
      <dt>Holder’s time</dt>
      {first === undefined ? (
        <dd>
          <span className="muted">unknown</span>
        </dd>
      ) : (
        <>
          <dd>
            {formatShare(first.share)}
            <span className="u"> {first.name}</span>
          </dd>
          <dd className="note">
            {rest.length === 0
              ? 'and nothing else'
              : rest
                  .slice(0, 3)
                  .map(({ share, name }) => `${formatShare(share)} ${name}`)
                  .join(', ')}
          </dd>
        </>
      )}
    </div>
  );
}

function Collector({ summary: { gc } }: { readonly summary: TraceSummary }) {
  return (
    <div>
      <dt>GC</dt>
      {gc.cycles === 0 && gc.stwNs === 0 ? (
        <>
          <dd>none</dd>
          <dd className="note">it did not run in the capture</dd>
        </>
      ) : (
        <>
          <dd>
            {formatShare(gc.stwWaitShare)}
            <span className="u"> of the waiting overlaps a pause</span>
          </dd>
          <dd className="note">
            longest pause {formatNs(gc.longestStwNs)}
            {gc.lift === null ? '' : `, waits in marks ×${gc.lift.toFixed(1)} of chance`}
          </dd>
        </>
      )}
    </div>
  );
}

const seconds = (ns: number | null): number | null => (ns === null ? null : ns / 1e9);
