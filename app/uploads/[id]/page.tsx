import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { attempt, type Problem } from '@/app/_server/attempt';
import { context } from '@/app/_server/context';
import type { SearchParams } from '@/app/_server/page-view';
import { type OpenedUpload, openUpload } from '@/app/_server/uploaded';
import { readFlameRequest } from '@/app/services/[service]/flame/_parts/flame-request';
import { type Graph, loadGraph } from '@/app/services/[service]/flame/_parts/load-graph';
import { chosenMode, type Mode, modesOf } from '@/app/services/[service]/flame/_parts/modes';
import { siteFacts } from '@/app/services/[service]/flame/_parts/site-facts';
import { Steps, Toolbar } from '@/app/services/[service]/flame/_parts/toolbar';
import { FlameExplorer } from '@/components/flamegraph/flame-explorer';
import { flameKeyHints } from '@/components/flamegraph/flame-keys';
import { LinkButton } from '@/components/ui/button';
import { PageFoot } from '@/components/ui/page-foot';
import { PageHead } from '@/components/ui/page-head';
import { ProblemState } from '@/components/ui/problem-state';
import { State } from '@/components/ui/state';
import { Verdict } from '@/components/ui/verdict';
import { isInternalFrame } from '@/lib/flamegraph/origin';
import { pathSentence, sandwichSentence } from '@/lib/report/flame-sentence';
import { lockSentence } from '@/lib/report/lock-sentence';
import type { Sentence } from '@/lib/report/sentence';
import { toParams } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';
import { formatBytes, formatCount, formatDuration } from '@/lib/units-format';
import { JoinWith } from './_parts/join-with';
import { UploadFacts } from './_parts/upload-facts';
import { readUploadParams } from './_parts/upload-params';
import { UploadedLocks } from './_parts/uploaded-locks';
import { WindowForm } from './_parts/window-form';
import '@/app/services/[service]/flame/flame.css';
import '@/app/services/[service]/locks/[lock]/lock.css';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: SearchParams;
}

export const metadata: Metadata = { title: 'Upload' };

/** What one uploaded profile says. */
export default async function UploadPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/uploads/${encodeURIComponent(id)}`;
  const query = toParams(await searchParams);
  const known = await attempt(() => context().catalog.getUpload(id));
  // Before anything is sent, so that the answer is a real 404.
  if (known.ok && known.value === undefined) notFound();
  const loaded = await attempt(() => loadUpload(id, query));
  if (!loaded.ok) {
    return (
      <>
        <PageHead
          crumbs={[{ name: 'Uploads', href: '/connect' }]}
          title={(known.ok && known.value?.filename) || 'Upload'}
        />
        <UploadProblem path={path} problem={loaded.problem} />
      </>
    );
  }
  const { opened, modes, mode, request, graph } = loaded.value;
  const { records, locks, windowSeconds } = opened;
  const [record] = records;
  const isLockFile = records.some(({ kind }) => kind === 'block' || kind === 'mutex');
  if (record === undefined) return null;
  return (
    <>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link href="/connect" prefetch={false}>
          Uploads
        </Link>
        <span aria-hidden="true">/</span>
        <code>{records.map(({ filename }) => filename).join(' + ')}</code>
      </nav>
      <Verdict
        sentence={sentenceOf(opened, mode, graph)}
        because={[becauseOf(opened)]}
        actions={
          record.service === undefined || !record.hasWindow ? undefined : (
            <LinkButton href={`/services/${encodeURIComponent(record.service)}`}>All of {record.service}</LinkButton>
          )
        }
      />
      <UploadFacts opened={opened} />
      {isLockFile ? (
        <>
          <WindowForm params={query} seconds={windowSeconds} />
          <JoinWith path={path} params={query} records={records} />
          <UploadedLocks locks={locks} hasWindow={windowSeconds !== undefined} />
        </>
      ) : null}
      <section aria-labelledby="flame">
        <div className="sec">
          <h2 id="flame">Flame graph</h2>
        </div>
        {mode === undefined || graph === undefined ? (
          <State title="Nothing in this file can be drawn">
            <p>
              {opened.samples === 0
                ? 'The profile is valid and has no samples: nothing happened, or that profiling was off.'
                : 'Its sample types are not known.'}
            </p>
          </State>
        ) : (
          <>
            <Toolbar
              path={path}
              params={query}
              modes={modes}
              mode={mode}
              request={request}
              colour={request.colour ?? (mode.id === 'mirror' ? 'side' : 'package')}
            />
            <div className="fl-steps">
              <Steps path={path} params={query} request={request} lockName={undefined} />
            </div>
            {graph.down.root.total === 0 ? (
              <State title="Nothing is left to draw">
                <p>The profile, or what the steps above leave of it, has no value.</p>
              </State>
            ) : (
              <FlameExplorer
                title={`${record.filename}, ${mode.name}`}
                down={graph.down}
                up={graph.up}
                sharedRows={graph.sharedRows}
                inverted={request.invert}
                kind={{ unit: mode.unit, type: mode.sampleType }}
                colourBy={request.colour ?? (mode.id === 'mirror' ? 'side' : 'package')}
                sites={windowSeconds === undefined ? [] : siteFacts([...locks.locks, ...locks.waits], undefined)}
              />
            )}
          </>
        )}
      </section>
      <ul className="lk-notes">
        {locks.notes.map((note) => (
          <li key={note.code}>{note.message}</li>
        ))}
      </ul>
      <PageFoot
        facts={[
          records.map(({ filename, sizeBytes }) => `${filename}, ${formatBytes(sizeBytes)}`).join(' · '),
          `received ${formatInstant(record.receivedAt)}`,
          `${formatCount(opened.samples)} samples`,
        ]}
        keys={flameKeyHints}
      />
    </>
  );
}

async function loadUpload(id: string, query: URLSearchParams) {
  const { windowSeconds, with: other } = readUploadParams(query);
  const opened = await openUpload(other === undefined ? [id] : [id, other], windowSeconds);
  const request = readFlameRequest(query);
  const modes = modesOf(opened.types);
  const mode = chosenMode(modes, query.get('mode')) ?? modes[0];
  const { flames, locks } = opened;
  const view = { idle: query.get('idle') === '1' };
  const graph = mode === undefined ? undefined : await loadGraph({ flames, view, request, locks }, mode);
  return { opened, modes, mode, request, graph };
}

function sentenceOf(opened: OpenedUpload, mode: Mode | undefined, graph: Graph | undefined): Sentence {
  const [worst] = opened.locks.locks;
  if (worst !== undefined) {
    const stalls = { count: 0, starts: [], everySeconds: undefined, pods: 0, inPhase: false };
    return lockSentence({ entry: worst, stalls });
  }
  if (opened.records.some(({ kind }) => kind === 'block' || kind === 'mutex')) {
    return ['No goroutine waited at a lock in this profile.'];
  }
  if (mode === undefined || graph === undefined) return ['This profile holds nothing to show.'];
  if (graph.up !== undefined) return sandwichSentence(graph.up.root, graph.whole, mode.what);
  return pathSentence(graph.down.root, mode.what, isInternalFrame);
}

function becauseOf({ windowSeconds, records }: OpenedUpload): string {
  const kinds = records.map(({ kind }) => kind);
  const what = kinds.includes('unknown') ? 'A profile of unknown kind' : `A ${kinds.join(' and ')} profile`;
  if (windowSeconds !== undefined) return `${what} over ${formatDuration(windowSeconds)}.`;
  return `${what} that does not say what time it covers: totals, counts and shares, but no rates.`;
}

function UploadProblem({ path, problem }: { readonly path: string; readonly problem: Problem }) {
  if (problem.code === 'upload.missing') {
    return (
      <State title="The other file is not here any more">
        <p>{problem.message}: it may be past its age, or never have been here.</p>
        <LinkButton href={path}>Show this file alone</LinkButton>
      </State>
    );
  }
  if (problem.code.startsWith('pprof.')) {
    return (
      <State title="This file cannot be read as a profile" mood="bad">
        <p>{problem.message}</p>
        <p className="micro">
          <code>{problem.code}</code>
        </p>
        <LinkButton href="/connect">Upload another</LinkButton>
      </State>
    );
  }
  if (problem.code.startsWith('flame.') || problem.code === 'upload.window') {
    return (
      <State title="The address holds something that cannot be read" mood="bad">
        <p>{problem.message}</p>
        <LinkButton href={path}>Show the upload without it</LinkButton>
      </State>
    );
  }
  return <ProblemState what="The upload" problem={problem} />;
}
