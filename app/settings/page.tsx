import type { Metadata } from 'next';
import { PollRefresh } from '@/components/selection/poll-refresh';
import { PreferenceSwitches } from '@/components/shell/preference-switches';
import { PageFoot } from '@/components/ui/page-foot';
import { ProblemState } from '@/components/ui/problem-state';
import { Section } from '@/components/ui/section';
import { Verdict } from '@/components/ui/verdict';
import { formatAge } from '@/lib/time-format';
import { formatBytes, formatDuration, formatPlural } from '@/lib/units-format';
import { attempt } from '../_server/attempt';
import { context, requestNow } from '../_server/context';
import { addTarget } from '../_targets/actions';
import { AddTargetForm } from '../_targets/add-target-form';
import { TargetList } from '../_targets/target-list';
import { LimitTables } from './limit-tables';
import { ServiceAges } from './service-ages';

export const metadata: Metadata = { title: 'Settings' };

const eventsShown = 10;

/** What is scraped, what is kept, what is refused, how old everything is. */
export default async function SettingsPage() {
  const { catalog, store, targetTraces, config, startedAt, address } = context();
  const now = requestNow();
  const asked = await attempt(async () => {
    const targets = await catalog.listTargets();
    return {
      stats: await store.stats(),
      services: await catalog.listServices(),
      targets: await Promise.all(
        targets.map(async (target) => ({
          target,
          events: await catalog.listTargetEvents(target.id, eventsShown),
          armed: targetTraces.armed(target.id),
        })),
      ),
    };
  });
  if (!asked.ok) return <ProblemState what="The settings" problem={asked.problem} />;
  const { stats, services, targets } = asked.value;
  const failing = targets.filter(({ target }) => target.enabled && target.lastScrape?.error !== undefined).length;
  const age = stats.newest === undefined ? 'no profile yet' : `newest profile ${formatAge(stats.newest, now)}`;
  return (
    <>
      <PollRefresh everyMs={10_000} />
      <Verdict
        sentence={[
          `${targets.length === 0 ? 'No scrape targets' : `${formatPlural(targets.length, 'scrape target')}, ${failing === 0 ? 'none failing' : `${failing} failing`}`}; ${formatPlural(stats.windows, 'profile')} in ${formatBytes(stats.bytes)}.`,
        ]}
        because={[
          `${formatPlural(services.length, 'service')}, ${age}, up for ${formatDuration(Math.round((now - startedAt) / 1000))}.`,
        ]}
      />
      <Section id="targets" title="Scrape targets">
        <p className="because" style={{ marginBottom: 12 }}>
          Differences of cumulative profiles are taken here. A value that falls or a changed binary is a restart, and
          the first window after it counts from zero. A restart can stay hidden: when every counter has already passed
          its old value by the next scrape, nothing tells it, and that window is too small.
        </p>
        <TargetList targets={targets} now={now} times={config.traces} />
        <div className="panel pad" style={{ marginTop: 12 }}>
          <AddTargetForm add={addTarget} />
        </div>
      </Section>
      <Section id="ages" title="Services" sub="when each was first and last heard of">
        <ServiceAges services={services} now={now} />
      </Section>
      <LimitTables config={config} />
      <Section id="browser" title="This browser">
        <PreferenceSwitches />
      </Section>
      <PageFoot
        facts={[
          `server ${address}`,
          `${formatPlural(stats.series, 'series', 'series')}, ${formatPlural(stats.stacks, 'stack')}, ${formatPlural(stats.sites, 'site')}`,
        ]}
        keys={[['?', 'all keys']]}
      />
    </>
  );
}
