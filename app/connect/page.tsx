import type { Metadata } from 'next';
import Link from 'next/link';
import { PollRefresh } from '@/components/selection/poll-refresh';
import { PageFoot } from '@/components/ui/page-foot';
import { ProblemState } from '@/components/ui/problem-state';
import { Verdict } from '@/components/ui/verdict';
import { queryLocks } from '@/lib/query/locks';
import type { Sentence } from '@/lib/report/sentence';
import { parseRange } from '@/lib/selection/range';
import { toParams } from '@/lib/selection/view';
import { formatPlural } from '@/lib/units-format';
import { attempt } from '../_server/attempt';
import { context, requestNow } from '../_server/context';
import { locksOptions } from '../_server/locks-options';
import type { SearchParams } from '../_server/page-view';
import { Listening } from './listening';
import { newestService } from './newest-service';
import { connectTicks, type Tick } from './progress';
import { Snippet } from './snippet';
import { snippets } from './snippets';
import { Step, WaySteps } from './way-steps';
import { readVia, ways } from './ways';

export const metadata: Metadata = { title: 'Connect a service' };

/** What counts as "arriving now". */
const recent = { from: 'now-15m', to: 'now' };
const pollMs = 3_000;

/** Is data flowing? */
export default async function ConnectPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const params = toParams(await searchParams);
  const { store, catalog, config, address } = context();
  const via = readVia(params);
  const asked = await attempt(async () => {
    const [services, targets] = await Promise.all([catalog.listServices(), catalog.listTargets()]);
    const service = newestService(params.get('service'), services, targets);
    const known = services.some((row) => row.service === service);
    const range = parseRange(recent.from, recent.to, requestNow());
    const result =
      service === undefined || !known
        ? undefined
        : await queryLocks(store, service, { range, matchers: [] }, locksOptions(config, service, false));
    const ticks = connectTicks({ targets: targets.filter((target) => target.service === service), result });
    return { service, ticks, services: services.length, windows: (await store.stats()).windows };
  });
  if (!asked.ok) return <ProblemState what="What arrives" problem={asked.problem} />;
  const { service, ticks, services, windows } = asked.value;
  const root = service === undefined ? undefined : `/services/${encodeURIComponent(service)}`;
  return (
    <>
      <PollRefresh everyMs={pollMs} />
      <Verdict
        sentence={headline(service, ticks)}
        because={['A cumulative profile counts since the process started, so a rate needs two readings.']}
      />
      <div className="steps3">
        <div>
          <nav className="tabbar" aria-label="Ways to send profiles">
            {ways.map((way) => (
              <Link
                key={way.via}
                href={`/connect?via=${way.via}`}
                scroll={false}
                prefetch={false}
                aria-current={way.via === via ? 'page' : undefined}
              >
                {way.name}
              </Link>
            ))}
          </nav>
          <WaySteps via={via} address={address} needsToken={config.ingestToken !== undefined} />
          {via === 'scrape' ? (
            <Step number={3} title="See the first lock">
              <p>
                No traffic yet? This program's readers wait for a slow writer. Run it with go run and scrape it as
                above.
              </p>
              <details className="twin">
                <summary>contend.go</summary>
                <Snippet label="Go program that makes contention" text={snippets.contend} />
              </details>
            </Step>
          ) : null}
        </div>
        <Listening
          service={service}
          ticks={ticks}
          locksHref={ticks.at(-1)?.state === 'done' && root !== undefined ? `${root}?from=now-15m&to=now` : undefined}
        />
      </div>
      <PageFoot
        facts={[`server ${address}`, `${formatPlural(windows, 'profile')} stored`, formatPlural(services, 'service')]}
        keys={[
          ['⌘K', 'jump'],
          ['?', 'all keys'],
        ]}
      />
    </>
  );
}

function headline(service: string | undefined, ticks: readonly Tick[]): Sentence {
  if (service === undefined) return ['Nothing has arrived yet. Pick a way to send profiles.'];
  if (ticks.at(-1)?.state === 'done') return [`Connected to ${service}. Its locks are there.`];
  const stuck = ticks.find((tick) => tick.state === 'stuck');
  if (stuck !== undefined) return [`${service} is stuck at "${stuck.name}"; the reason stands there.`];
  const open = ticks.find((tick) => tick.state === 'now');
  return [`Listening to ${service}; next: ${open?.name.toLowerCase() ?? 'its locks'}.`];
}
