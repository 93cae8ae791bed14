import type { Metadata } from 'next';
import Link from 'next/link';
import { captureTime } from '@/app/_captures/capture-sentence';
import { attempt } from '@/app/_server/attempt';
import { lockCaptures } from '@/app/_server/captures';
import { context, requestNow } from '@/app/_server/context';
import { deployMarks } from '@/app/_server/deploy-marks';
import { locksOptions } from '@/app/_server/locks-options';
import { readView, type SearchParams } from '@/app/_server/page-view';
import { lockSource } from '@/app/_server/source';
import { Partial } from '@/app/services/[service]/_locks/partial';
import { CopyLink } from '@/components/selection/copy-link';
import { LastGood } from '@/components/selection/last-good';
import { LiveRefresh } from '@/components/selection/live-refresh';
import { LockTimeline } from '@/components/timeline/lock-timeline';
import { BadView } from '@/components/ui/bad-view';
import { LinkButton } from '@/components/ui/button';
import { CoverageFoot } from '@/components/ui/coverage-foot';
import { PageHead } from '@/components/ui/page-head';
import { ProblemState } from '@/components/ui/problem-state';
import { Section } from '@/components/ui/section';
import { Verdict } from '@/components/ui/verdict';
import { isLockFamily } from '@/lib/contention/family';
import { queryLock } from '@/lib/query/lock';
import { lockBecause, lockSentence, podsText } from '@/lib/report/lock-sentence';
import { hrefWith, sharedParams } from '@/lib/selection/view';
import { formatDuration } from '@/lib/units-format';
import { Builds } from './_parts/builds';
import { LockCaptures } from './_parts/lock-captures';
import { LockFacts } from './_parts/lock-facts';
import { Measured } from './_parts/measured';
import { Mirror } from './_parts/mirror';
import { MissingLock } from './_parts/missing-lock';
import { SourcePane } from './_parts/source-pane';
import './lock.css';

interface Props {
  readonly params: Promise<{ readonly service: string; readonly lock: string }>;
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Lock · ${decodeURIComponent((await params).service)}` };
}

/** Who waits, who holds, since when? */
export default async function LockPage({ params, searchParams }: Props) {
  const { service: encoded, lock } = await params;
  const service = decodeURIComponent(encoded);
  const { store, config, catalog } = context();
  const root = `/services/${encodeURIComponent(service)}`;
  const read = await readView(searchParams);
  const headOf = (href: string) => <PageHead crumbs={[{ name: service, href }]} title={`Lock ${lock}`} />;
  if (!read.ok) {
    return (
      <>
        {headOf(root)}
        <BadView path={`${root}/locks/${lock}`} params={read.params} message={read.message} />
      </>
    );
  }
  const { view } = read;
  const shared = sharedParams(view.params);
  const head = headOf(hrefWith(root, shared));
  const address = hrefWith(`${root}/locks/${lock}`, view.params);
  const result = await attempt(async () => ({
    detail: await queryLock(store, service, view, lock, locksOptions(config, service, true)),
    targets: (await catalog.listTargets()).filter((target) => target.enabled && target.service === service),
    deploys: await catalog.listDeploys(service),
  }));
  const captures = await attempt(() => lockCaptures(service, lock));
  const newest = captures.ok ? captures.value.rows[0] : undefined;
  const exact = <LockCaptures service={service} lock={lock} captures={captures} />;
  if (!result.ok) {
    if (result.problem.code !== 'query.no-lock') {
      return <LastGood of={address} head={head} problem={<ProblemState what="The lock" problem={result.problem} />} />;
    }
    return (
      <>
        {head}
        <MissingLock service={service} view={view} />
        {exact}
      </>
    );
  }
  const { detail, targets, deploys } = result.value;
  const failing = targets.filter((target) => target.lastScrape?.error !== undefined);
  const { entry, coverage, timeline, heat, stalls } = detail;
  const now = requestNow();
  const source = await lockSource(config.sourceDir, entry);
  const name = source.field === undefined ? entry.lock.name : `${entry.lock.name}.${source.field}`;
  const bucket = formatDuration(timeline.stepMs / 1000);
  return (
    <LastGood of={address}>
      <LiveRefresh on={view.range.live} services={[service]} newest={coverage.newest}>
        <nav className="crumbs" aria-label="Breadcrumb">
          <Link href={hrefWith(root, shared)} prefetch={false}>
            {service}
          </Link>
          <span aria-hidden="true">/</span>
          <Link href={hrefWith(root, shared)} prefetch={false}>
            Locks
          </Link>
          <span aria-hidden="true">/</span>
          <code>{name}</code>
        </nav>
        <Verdict
          sentence={lockSentence(detail)}
          because={lockBecause(detail)}
          actions={
            <>
              <LinkButton
                href={hrefWith(
                  `${root}/flame`,
                  shared,
                  isLockFamily(entry.lock.family) ? { lock } : { lock, mode: 'waiters' },
                )}
              >
                Flame <kbd>g f</kbd>
              </LinkButton>
              {newest === undefined ? null : (
                <LinkButton href={`/traces/${newest.capture.id}?lock=${lock}`}>
                  Trace {captureTime(newest.capture).time}
                </LinkButton>
              )}
              <CopyLink range={view.range} />
            </>
          }
        />
        <Partial failing={failing} targets={targets.length} />
        <LockFacts detail={detail} now={now} atLeast={failing.length > 0} traced={newest?.numbers} />
        <Mirror detail={detail} field={source.field} />
        <div className={source.sections.length > 0 ? 'cols' : undefined}>
          <div>
            <Section
              id="when"
              title="When"
              sub={`goroutines waiting, ${bucket} buckets · drag to select a window`}
              right={
                <span className="legend">
                  <span>
                    <i className="sw" style={{ background: 'var(--waiter)' }} aria-hidden="true" />
                    busiest pod
                  </span>
                  <span>
                    <i className="sw line" aria-hidden="true" />
                    average per pod
                  </span>
                </span>
              }
            >
              <LockTimeline
                name={name}
                axis={timeline}
                avg={timeline.avg}
                max={timeline.max}
                rows={heat.rows}
                marks={deployMarks(deploys, view.range)}
                phase={stalls.count === 0 ? '' : `stalls ${podsText(stalls, coverage.pods.length)}`}
              />
            </Section>
            <Builds builds={detail.builds} path={`${root}/locks/${lock}`} params={view.params} />
          </div>
          {source.sections.length > 0 ? <SourcePane source={source} entry={entry} /> : null}
        </div>
        {exact}
        <Measured detail={detail} sourceDir={config.sourceDir !== undefined} source={source} />
        <CoverageFoot
          coverage={coverage}
          range={view.range}
          now={now}
          keys={[
            ['g f', 'flame'],
            ['y', 'copy link'],
            ['?', 'all keys'],
          ]}
        />
      </LiveRefresh>
    </LastGood>
  );
}
