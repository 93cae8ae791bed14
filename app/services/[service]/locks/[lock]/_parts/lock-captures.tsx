import Link from 'next/link';
import type { Attempt } from '@/app/_server/attempt';
import type { LockCaptures as Captures } from '@/app/_server/captures';
import { LockArm } from '@/app/_targets/lock-arm';
import { LinkButton } from '@/components/ui/button';
import { ProblemState } from '@/components/ui/problem-state';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { Section } from '@/components/ui/section';
import { formatCount } from '@/lib/units-format';
import { CaptureNumbers } from './capture-numbers';

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
        <LockArm service={service} lock={lock} />
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
      <LockArm service={service} lock={lock} />
    </Section>
  );
}
