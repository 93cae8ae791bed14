import type { Metadata } from 'next';
import Link from 'next/link';
import { attempt } from '@/app/_server/attempt';
import { listedCaptures } from '@/app/_server/captures';
import { context } from '@/app/_server/context';
import type { SearchParams } from '@/app/_server/page-view';
import { serviceNames } from '@/app/_server/services';
import { Armed } from '@/app/_targets/armed';
import { PollRefresh } from '@/components/selection/poll-refresh';
import { LinkButton } from '@/components/ui/button';
import { PageFoot } from '@/components/ui/page-foot';
import { PageHead } from '@/components/ui/page-head';
import { ProblemState } from '@/components/ui/problem-state';
import { Section } from '@/components/ui/section';
import { State } from '@/components/ui/state';
import { Verdict } from '@/components/ui/verdict';
import { errorCode, errorMessage } from '@/lib/errors';
import { hrefWith, toParams } from '@/lib/selection/view';
import { formatBytes, formatDuration, formatPlural } from '@/lib/units-format';
import { CaptureRows } from './_parts/capture-rows';
import { DropTrace } from './_parts/drop-trace';
import { type ListParams, readListParams, rowsPerPage } from './_parts/list-params';
import { headline } from './_parts/list-sentence';
import { LockFilter } from './_parts/lock-filter';
import { WaysToTrace } from './_parts/ways-to-trace';
import './captures.css';

export const metadata: Metadata = { title: 'Traces' };

/** Which recordings are there, and what does each show? */
export default async function TracesPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const params = toParams(await searchParams);
  const read = readParams(params);
  if ('problem' in read) {
    return (
      <>
        <PageHead crumbs={[]} title="Traces" />
        <State title="The address holds something that cannot be read" mood="bad">
          <p>{read.problem}</p>
          <LinkButton href={hrefWith('/traces', params, { page: null, lock: null })}>Show the newest</LinkButton>
        </State>
      </>
    );
  }
  const { catalog, targetTraces, config, address } = context();
  const { service, lock, page } = read;
  const filtered = service !== undefined || lock !== undefined;
  const asked = await attempt(async () => ({
    services: await serviceNames(),
    targets: (await catalog.listTargets()).filter((target) => service === undefined || target.service === service),
    ...(await listedCaptures({
      ...(service === undefined ? {} : { service }),
      ...(lock === undefined ? {} : { lock }),
      limit: rowsPerPage,
      offset: (page - 1) * rowsPerPage,
    })),
  }));
  if (!asked.ok) {
    return (
      <>
        <PageHead crumbs={[]} title="Traces" />
        <ProblemState what="The list of traces" problem={asked.problem} />
      </>
    );
  }
  const { services, targets, rows, total } = asked.value;
  const armed = targets.flatMap((target) => {
    const state = targetTraces.armed(target.id);
    return state === undefined ? [] : [{ target, state }];
  });
  const lockName = rows[0]?.capture.lock?.name ?? lock;
  return (
    <>
      {filtered ? (
        <nav className="crumbs" aria-label="Breadcrumb">
          <Link href="/traces" prefetch={false}>
            All traces
          </Link>
          <span aria-hidden="true">/</span>
          <span>{[service, lockName].filter((text) => text !== undefined).join(' · ')}</span>
        </nav>
      ) : null}
      <Verdict
        sentence={headline({ rows, total, page, service, lockName: lock === undefined ? undefined : lockName })}
        because={[
          'Profiles say how much was waited. An execution trace says when, behind whom, and what the holder did meanwhile.',
        ]}
        actions={total === 0 && filtered ? <LinkButton href="/traces">All traces</LinkButton> : undefined}
      />
      <DropTrace services={services} service={service} mostBytes={config.limits.traceBytes} />
      {armed.length === 0 ? null : <PollRefresh everyMs={10_000} />}
      {armed.map(({ target, state }) => (
        <Armed
          key={target.id}
          named
          state={state}
          service={target.service}
          every={formatDuration(target.everyMs / 1000)}
          where={`${target.service}, ${target.url}`}
        />
      ))}
      {lock === undefined ? null : <LockFilter params={params} name={lockName ?? lock} />}
      <CaptureRows rows={rows} total={total} page={page} params={params} />
      {total === 0 ? (
        <Section id="ways" title="How to get one">
          <WaysToTrace service={service} address={address} targets={targets} />
        </Section>
      ) : (
        <details className="twin" style={{ marginTop: 24 }}>
          <summary>How to get another one</summary>
          <WaysToTrace service={service} address={address} targets={targets} />
        </details>
      )}
      <PageFoot
        facts={[
          formatPlural(total, 'trace'),
          `kept ${formatDuration(config.traceAgeMs / 1000)}`,
          `at most ${formatBytes(config.limits.traceBytes)} each`,
        ]}
        keys={[
          ...(rows.length === 0
            ? []
            : ([
                ['j k', 'traces'],
                ['↵', 'open'],
              ] as const)),
          ['?', 'all keys'],
        ]}
      />
    </>
  );
}

function readParams(params: URLSearchParams): ListParams | { readonly problem: string } {
  try {
    return readListParams(params);
  } catch (error) {
    if (errorCode(error) !== 'trace.param') throw error;
    return { problem: errorMessage(error) };
  }
}
