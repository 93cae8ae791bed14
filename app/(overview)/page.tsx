import type { Metadata } from 'next';
import { attempt } from '@/app/_server/attempt';
import { context, requestNow } from '@/app/_server/context';
import { readOverview } from '@/app/_server/overview';
import { readView, type SearchParams } from '@/app/_server/page-view';
import { serviceNames } from '@/app/_server/services';
import { HeatLegend } from '@/components/charts/heat-legend';
import { LastGood } from '@/components/selection/last-good';
import { LiveRefresh } from '@/components/selection/live-refresh';
import { BadView } from '@/components/ui/bad-view';
import { Freshness } from '@/components/ui/freshness';
import { PageFoot } from '@/components/ui/page-foot';
import { ProblemState } from '@/components/ui/problem-state';
import { Section } from '@/components/ui/section';
import { groupBy } from '@/lib/group-by';
import type { Overview } from '@/lib/query/result';
import { hrefWith } from '@/lib/selection/view';
import { formatDuration, formatPlural } from '@/lib/units-format';
import { Calm } from './_parts/calm';
import { ServiceStrips } from './_parts/service-strips';
import { Trouble } from './_parts/trouble';

export const metadata: Metadata = { title: 'Overview' };

/** Is anything waiting right now? */
export default async function OverviewPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const services = await serviceNames();
  const read = await readView(searchParams);
  if (!read.ok) return <BadView path="/" params={read.params} message={read.message} />;
  const { view } = read;
  const result = await attempt(async () => {
    const [overview, deploys] = await Promise.all([readOverview(services, view), context().catalog.listDeploys()]);
    return { overview, deploys: groupBy(deploys, ({ service }) => service) };
  });
  const address = hrefWith('/', view.params);
  if (!result.ok) {
    return <LastGood of={address} problem={<ProblemState what="The overview" problem={result.problem} />} />;
  }
  const { overview, deploys } = result.value;
  const trouble = overview.services.filter((service) => service.state === 'trouble');
  const now = requestNow();
  const bucket = formatDuration(overview.stepMs / 1000);
  return (
    <LastGood of={address}>
      <LiveRefresh on={view.range.live} services={services} newest={overview.newest}>
        {trouble.map((summary, index) => (
          <Trouble key={summary.service} summary={summary} view={view} now={now} first={index === 0} />
        ))}
        <Calm overview={overview} trouble={trouble} now={now} />
        <Section
          id="strips"
          title="Waiting at locks"
          sub={`goroutines at all locks, busiest pod per ${bucket} · drag to select a window`}
          right={<HeatLegend />}
        >
          <ServiceStrips overview={overview} deploys={deploys} view={view} />
        </Section>
        <PageFoot
          facts={[
            [
              formatDuration((view.range.to - view.range.from) / 1000),
              formatPlural(overview.pods, 'pod'),
              formatPlural(overview.windows, 'profile'),
            ].join(' · '),
            view.range.live ? 'live' : 'fixed range',
            ...(overview.newest === undefined || !view.range.live
              ? []
              : [<Freshness key="age" newest={overview.newest} now={now} everySeconds={longestBucket(overview)} />]),
          ]}
          keys={[
            ['j k', 'services'],
            ['↵', 'open'],
            ['[ ]', 'shift window'],
            ['⌘K', 'jump'],
          ]}
        />
      </LiveRefresh>
    </LastGood>
  );
}

/** Length of the longest profile in s: the age of the newest one counts in these. */
function longestBucket({ services }: Overview): number | undefined {
  const known = services.flatMap(({ worst }) => worst?.lock.waiting.bucketSeconds ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}
