import type { Metadata } from 'next';
import Link from 'next/link';
import { BaselinePanel } from '@/app/_builds/baseline-panel';
import { attempt } from '@/app/_server/attempt';
import { context, requestNow } from '@/app/_server/context';
import { deployMarks } from '@/app/_server/deploy-marks';
import { locksOptions } from '@/app/_server/locks-options';
import { readView, type SearchParams } from '@/app/_server/page-view';
import { HeatLegend } from '@/components/charts/heat-legend';
import { LastGood } from '@/components/selection/last-good';
import { LiveRefresh } from '@/components/selection/live-refresh';
import { BadView } from '@/components/ui/bad-view';
import { LinkButton } from '@/components/ui/button';
import { CoverageFoot } from '@/components/ui/coverage-foot';
import { PageHead } from '@/components/ui/page-head';
import { ProblemState } from '@/components/ui/problem-state';
import { Section } from '@/components/ui/section';
import { Verdict } from '@/components/ui/verdict';
import { resolveBaseline } from '@/lib/query/baseline';
import { queryBuilds } from '@/lib/query/builds';
import { buildsBecause, buildsSentence } from '@/lib/report/builds-sentence';
import { hrefWith, sharedParams } from '@/lib/selection/view';
import { formatPlural } from '@/lib/units-format';
import { BuildList } from './_parts/build-list';
import { BuildMatrix } from './_parts/build-matrix';
import { CompareActions } from './_parts/compare-actions';
import { DeployLane } from './_parts/deploy-lane';
import { buildLinks } from './_parts/links';
import { newestBuilds } from './_parts/newest-builds';
import { NoBuilds } from './_parts/no-builds';
import { Picked } from './_parts/picked';
import './builds.css';

interface Props {
  readonly params: Promise<{ readonly service: string }>;
  readonly searchParams: SearchParams;
}

/** Locks down the matrix: what lies below them is counted. */
const locksShown = 8;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Builds · ${decodeURIComponent((await params).service)}` };
}

/** Which build introduced it? */
export default async function BuildsPage({ params, searchParams }: Props) {
  const service = decodeURIComponent((await params).service);
  const root = `/services/${encodeURIComponent(service)}`;
  const path = `${root}/builds`;
  const read = await readView(searchParams);
  const headOf = (href: string) => <PageHead crumbs={[{ name: service, href }]} title="Builds" />;
  if (!read.ok) {
    return (
      <>
        {headOf(root)}
        <BadView path={path} params={read.params} message={read.message} />
      </>
    );
  }
  const { view } = read;
  const shared = sharedParams(view.params);
  const { store, config, catalog } = context();
  const asked = await attempt(async () => {
    const [known, deploys, chosen, result] = await Promise.all([
      catalog.listBuilds(service),
      catalog.listDeploys(service),
      catalog.getBaseline(service),
      queryBuilds(store, service, view, { ...locksOptions(config, service, false), top: locksShown }),
    ]);
    return { known, deploys, chosen, result };
  });
  const address = hrefWith(path, view.params);
  if (!asked.ok) {
    return (
      <LastGood
        of={address}
        head={headOf(hrefWith(root, shared))}
        problem={<ProblemState what="The builds" problem={asked.problem} />}
      />
    );
  }
  const { known, deploys, chosen, result } = asked.value;
  const { coverage, builds, rows, worst } = result;
  const shown = view.params.get('builds') === 'all' ? { result, hidden: 0 } : newestBuilds(result);
  const links = buildLinks(root, view.params, builds);
  const resolved = resolveBaseline(chosen.baseline, { builds: known, range: view.range });
  const crumbs = (
    <nav className="crumbs" aria-label="Breadcrumb">
      <Link href={hrefWith(root, shared)} prefetch={false}>
        {service}
      </Link>
      <span aria-hidden="true">/</span>
      <span>Builds</span>
    </nav>
  );
  return (
    <LastGood of={address}>
      <LiveRefresh on={view.range.live} services={[service]} newest={coverage.newest}>
        {crumbs}
        <Verdict
          sentence={builds.length === 0 ? [`${service}: no build to see in this range.`] : buildsSentence(result)}
          because={builds.length === 0 ? [] : buildsBecause(result)}
          actions={
            <CompareActions
              resolved={resolved}
              head={known.findLast((one) => one.firstSeen !== undefined)}
              links={links}
              worst={worst}
            />
          }
        />
        <NoBuilds known={known} coverage={coverage} hasBuilds={builds.length > 0} view={view} path={path} />
        {builds.length === 0 ? null : (
          <>
            <Section id="deploys" title="Deploys" sub="pods that report, by build">
              <DeployLane
                axis={result.axis}
                builds={shown.result.builds}
                pods={coverage.pods.length}
                marks={deployMarks(deploys, view.range)}
              />
              {shown.hidden === 0 ? null : (
                <p className="micro">
                  {formatPlural(shown.hidden, 'older build')} of this range not shown.{' '}
                  <LinkButton look="quiet" href={hrefWith(path, view.params, { builds: 'all' })}>
                    Show all
                  </LinkButton>
                </p>
              )}
            </Section>
            {rows.length === 0 ? null : (
              <Section
                id="matrix"
                title="Waiting by build"
                sub="goroutines waiting in one pod: busiest bucket, average below it"
                right={<HeatLegend />}
              >
                <Picked picked={links.picked} cancel={links.cancel} />
                <BuildMatrix result={shown.result} links={links} root={root} shared={shared} />
              </Section>
            )}
          </>
        )}
        <Section id="baseline" title="Baseline" sub="what this service is compared with where nothing else is said">
          <BaselinePanel service={service} chosen={chosen} resolved={resolved} builds={known} range={view.range} />
        </Section>
        {known.length === 0 ? null : (
          <Section id="known" title="Known builds" sub="of all time, newest first; times UTC">
            <BuildList service={service} builds={known} deploys={deploys} baseline={chosen.baseline} />
          </Section>
        )}
        <CoverageFoot
          coverage={coverage}
          range={view.range}
          now={requestNow()}
          keys={[
            ['j k', 'builds'],
            ['↵', 'pick'],
            ['Esc', 'pick none'],
          ]}
        />
      </LiveRefresh>
    </LastGood>
  );
}
