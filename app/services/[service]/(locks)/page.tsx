import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { attempt } from '@/app/_server/attempt';
import { captureCount } from '@/app/_server/captures';
import { context, requestNow } from '@/app/_server/context';
import { locksOptions } from '@/app/_server/locks-options';
import { readView, type SearchParams } from '@/app/_server/page-view';
import { LastGood } from '@/components/selection/last-good';
import { LiveRefresh } from '@/components/selection/live-refresh';
import { tracesHref } from '@/components/shell/destinations';
import { BadView } from '@/components/ui/bad-view';
import { LinkButton } from '@/components/ui/button';
import { CoverageFoot } from '@/components/ui/coverage-foot';
import { PageHead } from '@/components/ui/page-head';
import { ProblemState } from '@/components/ui/problem-state';
import { Section } from '@/components/ui/section';
import { State } from '@/components/ui/state';
import { Verdict } from '@/components/ui/verdict';
import { queryLocks } from '@/lib/query/locks';
import { queryOverlaps } from '@/lib/query/overlaps';
import { hotLocksSentence } from '@/lib/report/service-sentence';
import { stepFor } from '@/lib/selection/range';
import { hrefWith, sharedParams, type View } from '@/lib/selection/view';
import { formatDuration, formatPlural } from '@/lib/units-format';
import { hotLocksBecause } from '../_locks/because';
import { IdleToggle } from '../_locks/idle-toggle';
import { LocksPanel, rowsShown } from '../_locks/locks-panel';
import { Notes } from '../_locks/notes';
import { OtherWaits } from '../_locks/other-waits';
import { Partial } from '../_locks/partial';
import { NoLocks } from '../_locks/states';
import { pointsAcross, TimelinePanel } from '../_locks/timeline-panel';

interface Props {
  readonly params: Promise<{ readonly service: string }>;
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Locks · ${decodeURIComponent((await params).service)}` };
}

/** Which lock costs me the most? */
export default async function ServicePage({ params, searchParams }: Props) {
  const service = decodeURIComponent((await params).service);
  const path = `/services/${encodeURIComponent(service)}`;
  const read = await readView(searchParams);
  const head = <PageHead crumbs={[{ name: 'Overview', href: '/' }]} title={service} />;
  if (!read.ok) {
    return (
      <>
        {head}
        <BadView path={path} params={read.params} message={read.message} />
      </>
    );
  }
  const { view } = read;
  const { store, config, catalog } = context();
  const asked = await attempt(async () => ({
    result: await queryLocks(store, service, view, locksOptions(config, service, view.idle)),
    targets: (await catalog.listTargets()).filter((target) => target.enabled && target.service === service),
    overlaps: await queryOverlaps(store, service, view),
  }));
  const address = hrefWith(path, view.params);
  if (!asked.ok) {
    return <LastGood of={address} head={head} problem={<ProblemState what="The locks" problem={asked.problem} />} />;
  }
  const counted = await attempt(() => captureCount(service));
  const { result, targets, overlaps } = asked.value;
  const failing = targets.filter((target) => target.lastScrape?.error !== undefined);
  const hasLocks = result.locks.length > 0;
  return (
    <LastGood of={address}>
      <LiveRefresh on={view.range.live} services={[service]} newest={result.coverage.newest}>
        <nav className="crumbs" aria-label="Breadcrumb">
          <Link href={hrefWith('/', sharedParams(view.params))}>Overview</Link>
          <span aria-hidden="true">/</span>
          <span>{service}</span>
        </nav>
        <Verdict
          sentence={
            result.coverage.pods.length === 0 ? [`${service}: nothing to see in this range.`] : hotLocksSentence(result)
          }
          because={hotLocksBecause(result)}
          actions={
            <Actions view={view} path={path} service={service} traces={counted.ok ? counted.value : undefined} />
          }
        />
        <Partial failing={failing} targets={targets.length} />
        <div style={{ display: 'grid', gap: 12, marginTop: 16, justifyItems: 'start' }}>
          {overlaps.map(({ code, message }) => (
            <State key={code} title="Two processes report as one pod" mood="warn">
              <p>{message}.</p>
            </State>
          ))}
          <NoLocks result={result} view={view} path={path} />
          {result.idle.length === 0 ? null : <IdleToggle count={result.idle.length} shown={view.idle} />}
        </div>
        {hasLocks ? (
          <>
            <Section
              id="timeline"
              title="Waiting by lock"
              sub={`goroutines waiting, busiest pod per ${formatDuration(stepFor(view.range, pointsAcross) / 1000)}; hatched: no profile · drag to select a window`}
            >
              <Suspense fallback={<div className="skeleton timeline-place" aria-hidden="true" />}>
                <TimelinePanel service={service} view={view} result={result} />
              </Suspense>
            </Section>
            <Section
              id="locks"
              title="Locks"
              sub={
                view.unit === 'sum'
                  ? 'goroutines waiting: busiest of one pod, average of all pods together'
                  : 'goroutines waiting per pod'
              }
            >
              <Suspense fallback={<TablePlace rows={result.locks.length} />}>
                <LocksPanel service={service} view={view} result={result} path={path} atLeast={failing.length > 0} />
              </Suspense>
            </Section>
          </>
        ) : null}
        <OtherWaits result={result} showIdle={view.idle} />
        {result.coverage.pods.length === 0 ? null : <Notes notes={result.document.notes} />}
        <CoverageFoot
          coverage={result.coverage}
          range={view.range}
          now={requestNow()}
          keys={[
            ['j k', 'locks'],
            ['↵', 'open'],
            ['Space', 'expand'],
            ['s', 'sort'],
            ['i', 'idle'],
          ]}
        />
      </LiveRefresh>
    </LastGood>
  );
}

function Actions({
  view,
  path,
  service,
  traces,
}: {
  readonly view: View;
  readonly path: string;
  readonly service: string;
  /** undefined = they could not be counted. */
  readonly traces: number | undefined;
}) {
  const sum = view.unit === 'sum';
  return (
    <>
      <LinkButton look="primary" href={hrefWith(`${path}/flame`, sharedParams(view.params))}>
        Flame graph
      </LinkButton>
      <LinkButton href={tracesHref(service)}>
        {traces === undefined ? 'Traces' : traces === 0 ? 'No traces yet' : formatPlural(traces, 'trace')}
      </LinkButton>
      <LinkButton href={hrefWith(path, view.params, { unit: sum ? null : 'sum' })}>
        {sum ? 'Averages per pod' : 'Averages over all pods'}
      </LinkButton>
    </>
  );
}

/** The place of the table while its small lines are read: as many rows as it will have. */
function TablePlace({ rows }: { readonly rows: number }) {
  return (
    <div
      className="skeleton locks-place"
      style={{ '--rows': Math.min(rows, rowsShown) } as React.CSSProperties} // React types know no custom properties.
      aria-hidden="true"
    />
  );
}
