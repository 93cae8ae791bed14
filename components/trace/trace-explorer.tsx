'use client';
// Client: pointer and keyboard over canvases, and tiles fetched while the window moves.
import { useCallback, useMemo, useRef, useState } from 'react';
import { RowKeys } from '@/components/selection/row-keys';
import type { TraceSearchResult, TraceTile, WaitDetail } from '@/lib/query/trace/result';
import { FoundList } from './found-list';
import { LaneTables } from './lane-tables';
import { Lanes } from './lanes';
import { Minimap, type Overview, spanText } from './minimap';
import { Ruler } from './ruler';
import { SceneProvider } from './scene';
import { around, panWindow, type TimeWindow, zoomWindow } from './time-window';
import { readFound, readWait } from './trace-answers';
import { TraceKeys } from './trace-keys';
import { TraceLegend } from './trace-legend';
import { laneChanges, windowChanges } from './trace-params';
import { useAnswer } from './use-answer';
import { useGestures } from './use-gestures';
import { useJumps } from './use-jumps';
import { useRedraw } from './use-redraw';
import { useScrollToLane } from './use-scroll-to-lane';
import { useTile } from './use-tile';
import { useTraceView } from './use-trace-view';
import { useTraceWindow } from './use-trace-window';
import { releaseOf, waitOrigin } from './wait-origin';
import { WaitPanel } from './wait-panel';

/** What the server read for the first picture. */
export interface FirstPicture {
  readonly tile: TraceTile;
  readonly wait: WaitDetail | undefined;
  readonly found: {
    readonly query: string;
    readonly result: TraceSearchResult | undefined;
    readonly problem: string | undefined;
  };
}

interface TraceExplorerProps {
  readonly capture: { readonly id: string; readonly durationNs: number };
  readonly lock:
    | { readonly id: string; readonly sites: readonly { readonly id: string; readonly function: string }[] }
    | undefined;
  /** The window that the page opens with: the stall. */
  readonly home: TimeWindow;
  readonly overview: Overview & { readonly summary: string };
  /** The wait that is shown unless the address names another, and what it is the longest of. */
  readonly longest:
    | { readonly wait: number; readonly rank: string; readonly release: readonly string[] | undefined }
    | undefined;
  readonly first: FirstPicture;
}

/** The picture of a trace with its panel and its search. */
export function TraceExplorer({ capture, lock, home, overview, longest, first }: TraceExplorerProps) {
  const view = useTraceView();
  const { params, change } = view;
  const { id, durationNs } = capture;
  const { viewport, settled, move, commit, undo } = useTraceWindow(view, home, durationNs);
  const area = useRef<HTMLDivElement>(null);
  useGestures(area, viewport, commit);
  useRedraw(area, viewport);
  const [said, setSaid] = useState('');

  const { unfold, offset, goroutines } = params;
  const subject = useMemo(
    () => ({ capture: id, lock: lock?.id, seen: settled, unfold, offset, goroutines }),
    [id, lock?.id, settled, unfold, offset, goroutines],
  );
  const width = useCallback(() => area.current?.querySelector('.plot')?.clientWidth ?? 800, []);
  const { tile, problem, pending } = useTile(first.tile, subject, viewport, width);

  useScrollToLane(area, goroutines[0], tile);

  const wait = params.wait ?? longest?.wait;
  const base = `/api/v1/traces/${encodeURIComponent(id)}`;
  const urlOfWait = (number: number) => `${base}/waits/${number}`;
  const asked = useAnswer(
    wait === undefined ? undefined : urlOfWait(wait),
    { url: first.wait === undefined ? undefined : urlOfWait(first.wait.wait), value: first.wait },
    readWait,
  );
  const detail = asked.value;
  const urlOfFound = (query: string, from: number) =>
    `${base}/search?${new URLSearchParams({ q: query, offset: String(from) })}`;
  const found = useAnswer(
    params.query === '' ? undefined : urlOfFound(params.query, params.found),
    {
      url: first.found.query === '' ? undefined : urlOfFound(first.found.query, first.found.result?.offset ?? 0),
      value: first.found.result,
    },
    readFound,
  );

  const jumps = useJumps({ detail, view, shown: viewport.get, durationNs, say: setSaid });
  const origin = waitOrigin(detail);
  const scene = {
    viewport,
    commit,
    originNs: origin.ns,
    releaseNs: detail?.grantedNs ?? undefined,
    release: releaseOf(detail, detail?.wait === longest?.wait ? longest?.release : undefined),
    overlay: params.overlay,
    gc: tile.gc,
  };
  const toggleIdle = () => change(({ idle }) => ({ idle: idle ? null : '1' }));
  const zoom = (factor: number) => move((window) => zoomWindow(window, factor, 0.5, durationNs));
  const pan = (share: number) => move((window) => panWindow(window, share, durationNs));
  const whole = () => change(windowChanges({ fromNs: 0, toNs: durationNs }));
  const moves = {
    zoomIn: () => zoom(0.6),
    zoomOut: () => zoom(1 / 0.6),
    earlier: () => pan(-0.2),
    later: () => pan(0.2),
    whole,
    undo,
    ...jumps,
    idle: toggleIdle,
  };
  return (
    <>
      {params.query === '' ? null : (
        <FoundList
          found={found.value}
          problem={found.problem ?? (params.query === first.found.query ? first.found.problem : undefined)}
          pending={found.pending}
          onPage={(from) => change({ found: from === 0 ? null : String(from) })}
          onShow={(row) =>
            change((now) => ({
              ...laneChanges(now.goroutines, row.goroutine),
              ...windowChanges(around({ fromNs: row.startNs, toNs: row.endNs }, 0.2, durationNs)),
              ...(row.wait === null ? {} : { wait: String(row.wait) }),
            }))
          }
        />
      )}
      <div className="tl">
        <div>
          <div ref={area} className="lanes" aria-busy={pending} data-tile={`${tile.fromNs}-${tile.toNs}`}>
            <SceneProvider value={scene}>
              <Minimap overview={overview} summary={overview.summary} />
              <Lanes tile={tile} window={settled} sites={lock?.sites ?? []} view={view} chosenWait={wait} />
              <Ruler from={origin.text} />
            </SceneProvider>
          </div>
          <div className="under">
            <p className="micro" role="status">
              {problem === undefined ? spanText(settled, durationNs) : `The picture is not up to date: ${problem}`}
            </p>
            <span className="zooms">
              <button type="button" className="btn small" onClick={moves.zoomIn}>
                Zoom in
              </button>
              <button type="button" className="btn small" onClick={moves.zoomOut}>
                Zoom out
              </button>
              {lock === undefined ? null : (
                <button type="button" className="btn small" onClick={() => change(windowChanges(undefined))}>
                  The stall
                </button>
              )}
              <button type="button" className="btn small" onClick={whole}>
                Whole capture
              </button>
            </span>
          </div>
          <TraceLegend tile={tile} sites={lock?.sites ?? []} idle={params.idle} onIdle={toggleIdle} />
          <LaneTables tile={tile} window={settled} idle={params.idle} />
        </div>
        <aside className="side" aria-label="Chosen wait" aria-busy={asked.pending}>
          {detail === undefined ? (
            <p className="micro">
              {asked.problem ??
                (lock === undefined
                  ? 'No wait to choose: nobody waited for a lock.'
                  : 'No wait for this lock is in the trace.')}
            </p>
          ) : (
            <WaitPanel
              detail={detail}
              rank={detail.wait === longest?.wait ? longest.rank : undefined}
              originNs={origin.ns}
              durationNs={durationNs}
              chosen={goroutines[0]}
              jumps={jumps}
            />
          )}
        </aside>
      </div>
      <output className="sr" aria-live="polite">
        {said}
      </output>
      <RowKeys group="waits" label="wait" />
      <TraceKeys moves={moves} />
    </>
  );
}
