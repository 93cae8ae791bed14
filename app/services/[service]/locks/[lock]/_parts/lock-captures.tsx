import Link from 'next/link';
import { captureTime, countsText, durationText, longestText } from '@/app/_captures/capture-sentence';
import type { Attempt } from '@/app/_server/attempt';
import type { LockCaptures as Captures } from '@/app/_server/captures';
import { LinkButton } from '@/components/ui/button';
import { ProblemState } from '@/components/ui/problem-state';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { Section } from '@/components/ui/section';
import type { CapturePercentiles } from '@/lib/catalog/captures';
import { bareName, placeOf } from '@/lib/profile/function-name';
import { formatCount, formatDuration } from '@/lib/units-format';

/** Wait sites shown below the newest capture. */
const sitesShown = 3;

/** Exact waits of this lock in each trace that shows it, newest first; without one, how to get it. */
export function LockCaptures({
  service,
  lock,
  captures: asked,
}: {
  readonly service: string;
  readonly lock: string;
  readonly captures: Attempt<Captures>;
}) {
  if (!asked.ok) return <ProblemState what="The traces of this lock" problem={asked.problem} />;
  const { rows, total } = asked.value;
  const more = `/traces?service=${encodeURIComponent(service)}`;
  if (rows.length === 0) {
    return (
      <Section id="exact" title="Exact waits">
        <p className="muted">
          How long the slowest waits took (P90, P99, the longest) is not knowable from profiles, which sum waits up. An
          execution trace tells.{' '}
          <Link href={more} prefetch={false}>
            Record one, or drop one
          </Link>
        </p>
      </Section>
    );
  }
  return (
    <Section
      id="exact"
      title="Exact waits"
      sub="from traces, newest first: each is some seconds of one process"
      right={
        total > rows.length ? (
          <LinkButton look="small" href={`/traces?lock=${lock}`}>{`All ${formatCount(total)}`}</LinkButton>
        ) : undefined
      }
    >
      <ScrollRegion label="Exact waits from traces">
        <table className="lk-exact">
          <thead>
            <tr>
              <th>Captured (UTC)</th>
              <th className="n">P50</th>
              <th className="n">P90</th>
              <th className="n">P99</th>
              <th className="n">Longest</th>
              <th>Waits that blocked</th>
              <th>From</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <CaptureNumbers key={row.capture.id} row={row} withSites={index === 0} service={service} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="micro" style={{ marginTop: 6 }}>
        Counted one by one, nearest rank, over the waits that blocked; a wait that the recording cut off is in no
        percentile and bounds the longest from below. Within a trace each release names the goroutine that it woke: its
        link is Exact there, and only there.
      </p>
    </Section>
  );
}

function CaptureNumbers({
  row: { capture, numbers },
  withSites,
  service,
}: {
  readonly row: Captures['rows'][number];
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
                <code title={waiter.function}>{bareName(waiter.function)}</code>{' '}
                <span className="muted">
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
