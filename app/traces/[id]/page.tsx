import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { attempt } from '@/app/_server/attempt';
import { context } from '@/app/_server/context';
import type { SearchParams } from '@/app/_server/page-view';
import { formatNs } from '@/components/trace/time-ruler';
import { around } from '@/components/trace/time-window';
import { TraceActions } from '@/components/trace/trace-actions';
import { TraceExplorer } from '@/components/trace/trace-explorer';
import { traceKeyHints } from '@/components/trace/trace-key-hints';
import { readTraceParams, windowChanges } from '@/components/trace/trace-params';
import { PageFoot } from '@/components/ui/page-foot';
import { PageHead } from '@/components/ui/page-head';
import { State } from '@/components/ui/state';
import { Verdict } from '@/components/ui/verdict';
import type { CaptureRecord } from '@/lib/catalog/captures';
import { errorCode, LockscopeError } from '@/lib/errors';
import type { TraceConvoyRow, TraceSummary } from '@/lib/query/trace/result';
import { traceBecause, traceSentence } from '@/lib/report/trace-sentence';
import { hrefWith, toParams } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';
import { formatBytes, formatCount, formatPlural } from '@/lib/units-format';
import { CaptureOrigin } from './_parts/capture-origin';
import { CaptureState, TraceProblem } from './_parts/capture-states';
import { ConvoysTable, convoysShown } from './_parts/convoys-table';
import { type LoadedTrace, loadTrace } from './_parts/load-trace';
import { LockChooser } from './_parts/lock-chooser';
import { LocksTable } from './_parts/locks-table';
import { TraceCrumbs } from './_parts/trace-crumbs';
import { TraceFacts } from './_parts/trace-facts';
import './trace.css';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: SearchParams;
}

export const metadata: Metadata = { title: 'Trace' };

/** What happened in one capture, goroutine by goroutine. */
export default async function TracePage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/traces/${encodeURIComponent(id)}`;
  const query = toParams(await searchParams);
  const read = await attempt(() => readCapture(id, query));
  if (!read.ok) {
    if (read.problem.code === 'trace.no-capture') notFound(); // deleted a moment ago
    return (
      <>
        <PageHead crumbs={[{ name: 'Traces', href: '/traces' }]} title="Trace" />
        <TraceProblem id={id} path={path} problem={read.problem} />
      </>
    );
  }
  const { capture, loaded } = read.value;
  return (
    <>
      <TraceCrumbs capture={capture} />
      {loaded === undefined ? (
        <>
          <div className="head page-head">
            <h1 className="verdict">{capture.filename}</h1>
          </div>
          <CaptureState capture={capture} progress={context().traces.progress(id)} />
        </>
      ) : (
        <Picture capture={capture} loaded={loaded} path={path} query={query} />
      )}
    </>
  );
}

async function readCapture(
  id: string,
  query: URLSearchParams,
): Promise<{ readonly capture: CaptureRecord; readonly loaded: LoadedTrace | undefined }> {
  const params = readTraceParams(query);
  const capture = await context().catalog.getCapture(id);
  if (capture === undefined)
    throw new LockscopeError('trace.no-capture', `there is no trace ${id}`, { place: 'path id' });
  if (capture.status !== 'done') return { capture, loaded: undefined };
  try {
    return { capture, loaded: await loadTrace(id, params) };
  } catch (error) {
    // Another version's analysis is made again before anything is shown.
    if (errorCode(error) === 'trace.not-ready') return { capture, loaded: undefined };
    throw error;
  }
}

function Picture({
  capture,
  loaded,
  path,
  query,
}: {
  readonly capture: CaptureRecord;
  readonly loaded: LoadedTrace;
  readonly path: string;
  readonly query: URLSearchParams;
}) {
  const { summary, lock, home, overview, longest, first } = loaded;
  // Another lock opens with its own window and wait; the overlay and the parked ones stay as chosen.
  const lockHref = (lockId: string) => hrefWith(path, query, { ...elsewhere, lock: lockId });
  const convoyHref = ({ lockId, atNs, durationNs, goroutine }: TraceConvoyRow) =>
    hrefWith(path, query, {
      ...elsewhere,
      ...windowChanges(around({ fromNs: atNs, toNs: atNs + durationNs }, 0.2, summary.durationNs)),
      lock: lockId,
      g: String(goroutine),
    });
  const allConvoys = query.get('convoys') === 'all' || summary.convoys.length <= convoysShown;
  return (
    <>
      <Verdict
        sentence={traceSentence(summary.headline)}
        because={traceBecause(summary.headline)}
        actions={<TraceActions />}
      />
      <CaptureOrigin capture={capture} />
      <Lost summary={summary} />
      {lock === undefined ? null : <TraceFacts summary={summary} lock={lock} />}
      <LockChooser locks={summary.locks} chosen={lock?.id} hrefOf={lockHref} service={capture.service} />
      <TraceExplorer
        capture={{ id: capture.id, durationNs: summary.durationNs }}
        lock={
          lock === undefined
            ? undefined
            : { id: lock.id, sites: lock.holders.map(({ site }) => ({ id: site.id, function: site.function })) }
        }
        home={home}
        overview={overview}
        longest={longest}
        first={first}
      />
      <LocksTable locks={summary.locks} chosen={lock?.id} hrefOf={lockHref} />
      <ConvoysTable
        convoys={summary.convoys}
        locks={summary.locks}
        hrefOf={convoyHref}
        allHref={allConvoys ? undefined : hrefWith(path, query, { convoys: 'all' })}
      />
      <ul className="trace-notes">
        {summary.notes.map((note) => (
          <li key={`${note.code} ${note.message}`}>{note.message}</li>
        ))}
      </ul>
      <PageFoot
        facts={[
          `${formatNs(summary.durationNs)} · ${formatCount(summary.events)} events · ${formatPlural(summary.goroutines, 'goroutine')} · ${formatPlural(summary.generations, 'generation')} · ${goText(summary.goVersion)}`,
          lostText(summary),
          capturedText(capture),
          `${capture.filename}, ${formatBytes(capture.sizeBytes)}`,
        ]}
        keys={traceKeyHints}
      />
    </>
  );
}

const elsewhere = {
  t0: null,
  t1: null,
  wait: null,
  hold: null,
  unfold: null,
  offset: null,
  g: null,
  q: null,
  found: null,
};

/** A part of the trace could not be read: everything shown is of the rest. */
function Lost({ summary: { lost } }: { readonly summary: TraceSummary }) {
  if (lost.length === 0) return null;
  return (
    <State title="Part of this recording could not be read" mood="warn">
      {lost.map(({ code, message, bytes }) => (
        <p key={`${code} ${message}`}>
          {message} ({formatBytes(bytes)})
        </p>
      ))}
      <p>Everything below is from the part that is whole; counts are at least that many.</p>
    </State>
  );
}

function lostText({ lost }: TraceSummary): string {
  const bytes = lost.reduce((sum, part) => sum + part.bytes, 0);
  return lost.length === 0 ? '0 events lost' : `lost: ${formatBytes(bytes)} that could not be read`;
}

function capturedText({ capturedAt, receivedAt, pod }: CaptureRecord): string {
  const where = pod === undefined ? '' : ` on ${pod}`;
  return capturedAt === undefined
    ? `received ${formatInstant(receivedAt)}`
    : `captured ${formatInstant(capturedAt)}${where}`;
}

const goText = (version: string): string => version.replace(/^go/, 'Go ');
