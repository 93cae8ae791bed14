import Link from 'next/link';
import { captureTime, countsText, durationText, longestText } from '@/app/_captures/capture-sentence';
import type { LockCaptures } from '@/app/_server/captures';
import type { CapturePercentiles } from '@/lib/catalog/captures';
import { bareName, placeOf } from '@/lib/profile/function-name';
import { formatDuration } from '@/lib/units-format';

const sitesShown = 3;

/** A capture's numbers of a lock; `withSites` adds those of the sites where most was waited. */
export function CaptureNumbers({
  row: { capture, numbers },
  withSites,
  service,
}: {
  readonly row: LockCaptures['rows'][number];
  readonly withSites: boolean;
  readonly service: string;
}) {
  const { time, date, received } = captureTime(capture);
  const length = capture.analysis === undefined ? undefined : formatDuration(capture.analysis.durationMs / 1000);
  return (
    <>
      <tr>
        <td>
          <Link href={`/traces/${capture.id}?lock=${numbers.lockId}`} prefetch={false}>
            {date} {time}
          </Link>
          {received ? <span className="micro"> received</span> : null}
        </td>
        <Numbers of={numbers} />
        <td className="from">
          {[capture.pod ?? (capture.service === service ? undefined : 'a file that names no service'), length]
            .filter((part) => part !== undefined)
            .join(', ')}
        </td>
      </tr>
      {withSites && numbers.waiters.length > 1
        ? numbers.waiters.slice(0, sitesShown).map((waiter) => (
            <tr key={`${waiter.kind} ${waiter.function} ${waiter.line}`} className="site">
              <td>
                {waiter.function === '' ? (
                  'began before the trace'
                ) : (
                  <code title={waiter.function}>{bareName(waiter.function)}</code>
                )}{' '}
                <span>
                  {waiter.kind} {placeOf(waiter)}
                </span>
              </td>
              <Numbers of={waiter} />
              <td />
            </tr>
          ))
        : null}
    </>
  );
}

function Numbers({ of }: { readonly of: CapturePercentiles }) {
  return (
    <>
      <td className="n" data-l="P50">
        {durationText(of.p50Ns)}
      </td>
      <td className="n" data-l="P90">
        {durationText(of.p90Ns)}
      </td>
      <td className="n" data-l="P99">
        {durationText(of.p99Ns)}
      </td>
      <td className="n" data-l="longest">
        {longestText(of)}
      </td>
      <td className="counts">{countsText(of)}</td>
    </>
  );
}
