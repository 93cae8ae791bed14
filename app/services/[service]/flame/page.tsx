import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { attempt } from '@/app/_server/attempt';
import { context, requestNow } from '@/app/_server/context';
import { locksOptions } from '@/app/_server/locks-options';
import { readView, type SearchParams } from '@/app/_server/page-view';
import { Deleted } from '@/app/services/[service]/_locks/deleted';
import { FlameExplorer } from '@/components/flamegraph/flame-explorer';
import { flameKeyHints } from '@/components/flamegraph/flame-keys';
import { FlameShortcuts } from '@/components/flamegraph/flame-shortcuts';
import { FlameLegend } from '@/components/flamegraph/legend';
import { CopyLink } from '@/components/selection/copy-link';
import { LastGood } from '@/components/selection/last-good';
import { LiveRefresh } from '@/components/selection/live-refresh';
import { BadView } from '@/components/ui/bad-view';
import { LinkButton } from '@/components/ui/button';
import { CoverageFoot } from '@/components/ui/coverage-foot';
import { leavesNothing, NoMatch } from '@/components/ui/no-match';
import { PageHead } from '@/components/ui/page-head';
import { ProblemState } from '@/components/ui/problem-state';
import { State } from '@/components/ui/state';
import { Verdict } from '@/components/ui/verdict';
import { isInternalFrame } from '@/lib/flamegraph/origin';
import { flamesOf, queryTypes } from '@/lib/query/flame';
import { queryLocks } from '@/lib/query/locks';
import type { LocksResult } from '@/lib/query/result';
import { mirrorSentence, pathSentence, sandwichSentence } from '@/lib/report/flame-sentence';
import type { Sentence } from '@/lib/report/sentence';
import { rangeEndingAt } from '@/lib/selection/range';
import { hrefWith, sharedParams, type View } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';
import { readFlameRequest } from './_parts/flame-request';
import { GraphNotes } from './_parts/graph-notes';
import { type Graph, loadGraph } from './_parts/load-graph';
import { chosenMode, type Mode, modesOf } from './_parts/modes';
import { PprofLinks } from './_parts/pprof-links';
import { siteFacts } from './_parts/site-facts';
import { Steps, Toolbar } from './_parts/toolbar';
import './flame.css';

interface Props {
  readonly params: Promise<{ readonly service: string }>;
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Flame · ${decodeURIComponent((await params).service)}` };
}

/** Through which code paths? */
export default async function FlamePage({ params, searchParams }: Props) {
  const service = decodeURIComponent((await params).service);
  const root = `/services/${encodeURIComponent(service)}`;
  const path = `${root}/flame`;
  const read = await readView(searchParams);
  const head = <PageHead crumbs={[{ name: service, href: root }]} title={`Flame graph of ${service}`} />;
  if (!read.ok) {
    return (
      <>
        {head}
        <BadView path={path} params={read.params} message={read.message} />
      </>
    );
  }
  const loaded = await attempt(() => loadPage(service, read.view));
  if (!loaded.ok) return <FlameProblem path={path} params={read.view.params} head={head} problem={loaded.problem} />;
  const { locks, modes, mode, request, graph } = loaded.value;
  const { view } = read;
  const lastSeen = locks.coverage.lastSeen;
  if (mode === undefined || graph === undefined) {
    return (
      <>
        {head}
        <NoGraph service={service} path={path} view={view} modes={modes} lastSeen={lastSeen} />
      </>
    );
  }
  const colour = request.colour ?? (mode.id === 'mirror' ? 'side' : 'package');
  const lockName = [...locks.locks, ...locks.waits].find(({ lock }) => lock.id === request.lock)?.lock.name;
  const shared = sharedParams(view.params);
  return (
    <LastGood of={hrefWith(path, view.params)}>
      <LiveRefresh on={view.range.live} services={[service]} newest={locks.coverage.newest}>
        <nav className="crumbs" aria-label="Breadcrumb">
          <Link href={hrefWith(root, shared)} prefetch={false}>
            {service}
          </Link>
          <span aria-hidden="true">/</span>
          <span>Flame</span>
        </nav>
        <Verdict
          sentence={sentenceOf(mode, graph, locks, request.invert)}
          because={[because(mode, graph)]}
          actions={<CopyLink range={view.range} />}
        />
        <FlameShortcuts
          mirror={modes.some(({ id }) => id === 'mirror')}
          idle={mode.id === 'waiters' && locks.idle.length > 0}
        />
        <Toolbar path={path} params={view.params} modes={modes} mode={mode} request={request} colour={colour} />
        <div className="fl-steps">
          <Steps path={path} params={view.params} request={request} lockName={lockName} />
          <GraphNotes path={path} view={view} mode={mode} request={request} graph={graph} locks={locks} />
          <FlameLegend by={colour} />
          <PprofLinks service={service} params={view.params} mode={mode} />
        </div>
        {graph.down.root.total === 0 && (graph.up?.root.total ?? 0) === 0 ? (
          <State title="Nothing is left to draw">
            <p>The steps above leave no stack of {mode.what}. Take one away to see more.</p>
          </State>
        ) : (
          <FlameExplorer
            title={`${service}, ${mode.name}`}
            down={graph.down}
            up={graph.up}
            sharedRows={graph.sharedRows}
            inverted={request.invert}
            kind={{ unit: mode.unit, type: mode.sampleType }}
            colourBy={colour}
            sites={mode.sampleType === 'delay' ? siteFacts([...locks.locks, ...locks.waits], { root, shared }) : []}
          />
        )}
        <CoverageFoot coverage={locks.coverage} range={view.range} now={requestNow()} keys={flameKeyHints} />
      </LiveRefresh>
    </LastGood>
  );
}

async function loadPage(service: string, view: View) {
  const { store, config } = context();
  const request = readFlameRequest(view.params);
  const [types, locks] = await Promise.all([
    queryTypes(store, service, view),
    queryLocks(store, service, view, locksOptions(config, service, false)),
  ]);
  const modes = modesOf(types);
  const mode = chosenMode(modes, view.params.get('mode'));
  const flames = flamesOf(store, service, view);
  const graph = mode === undefined ? undefined : await loadGraph({ flames, view, request, locks }, mode);
  return { locks, modes, mode, request, graph };
}

function sentenceOf(mode: Mode, graph: Graph, locks: LocksResult, inverted: boolean): Sentence {
  if (graph.mirror !== undefined) return mirrorSentence(graph.mirror.columns, locks.locks);
  if (graph.up !== undefined) return sandwichSentence(graph.up.root, graph.whole, mode.what);
  return pathSentence(graph.down.root, mode.what, isInternalFrame, inverted);
}

function because(mode: Mode, graph: Graph): string {
  if (graph.mirror !== undefined) return 'Waiters below the lock, holders above it, both on one scale.';
  if (graph.up !== undefined) return 'Callers above, what it calls below, both on one scale; recursion counts once.';
  return mode.sampleType === 'delay'
    ? 'Widths are goroutine-seconds: a second in which ten goroutines wait counts ten.'
    : `Widths are ${mode.what.replace(/^the /, '')}.`;
}

function lastHour(at: number): { readonly from: string; readonly to: string } {
  return rangeEndingAt(at + 1_000, 3_600_000);
}

/** Why there is nothing to draw: the filters, the chosen mode, or the range. */
function NoGraph({
  service,
  path,
  view,
  modes,
  lastSeen,
}: {
  readonly service: string;
  readonly path: string;
  readonly view: View;
  readonly modes: readonly Mode[];
  readonly lastSeen: number | undefined;
}) {
  if (modes.length === 0 && leavesNothing(view, lastSeen)) return <NoMatch path={path} params={view.params} />;
  if (modes.length > 0) return <NoSuchMode path={path} params={view.params} modes={modes} />;
  return (
    <State title="No profile arrived in this range">
      <p>{lastSeen === undefined ? `${service} has never sent one.` : `Last data ${formatInstant(lastSeen)}.`}</p>
      <Deleted view={view} what="stacks" />
      {lastSeen === undefined ? (
        <LinkButton href="/connect">Connect a service</LinkButton>
      ) : (
        <LinkButton href={hrefWith(path, view.params, lastHour(lastSeen))}>Jump there</LinkButton>
      )}
    </State>
  );
}

function NoSuchMode({
  path,
  params,
  modes,
}: {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly modes: readonly Mode[];
}) {
  return (
    <State title={`There is no "${params.get('mode')}" profile in this range`}>
      <p>There are: {modes.map(({ name }) => name).join(', ')}.</p>
      <LinkButton href={hrefWith(path, params, { mode: null, t: null, fn: null, sel: null, zoom: null })}>
        Show {modes[0]?.name}
      </LinkButton>
    </State>
  );
}

function FlameProblem({
  path,
  params,
  head,
  problem,
}: {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly head: ReactNode;
  readonly problem: { readonly code: string; readonly message: string; readonly id: string };
}) {
  if (!problem.code.startsWith('flame.')) {
    const failed = <ProblemState what="The flame graph" problem={problem} />;
    return <LastGood of={hrefWith(path, params)} head={head} problem={failed} />;
  }
  return (
    <>
      {head}
      <State title="The address holds something that cannot be read" mood="bad">
        <p>{problem.message}</p>
        <LinkButton href={hrefWith(path, params, { t: null, color: null })}>Show the graph without it</LinkButton>
      </State>
    </>
  );
}
