'use client';
// Client: pointer and keyboard over canvases, and tiles fetched while the window moves.
import { useCallback, useMemo, useRef, useState } from 'react';
import { RowKeys } from '@/components/selection/row-keys';
import type { TileHold, TraceTile, WaitDetail } from '@/lib/query/trace/result';
import { FoundList } from './found-list';
import type { HoldDetail } from './hold-detail';
import { holdToken } from './lane-colours';
import { LaneTables } from './lane-tables';
import { Lanes } from './lanes';
import { Minimap, type Overview, spanText } from './minimap';
import { PictureFoot } from './picture-foot';
import { Ruler } from './ruler';
import { SceneProvider } from './scene';
import { SidePanel } from './side-panel';
import { around, panWindow, type TimeWindow, zoomWindow } from './time-window';
import { TraceKeys } from './trace-keys';
import { TraceLegend } from './trace-legend';
import { laneChanges, waitChanges, windowChanges } from './trace-params';
import { useChosen } from './use-chosen';
import { type FirstFound, useFound } from './use-found';
import { useGestures } from './use-gestures';
import { useJumps } from './use-jumps';
import { useRedraw } from './use-redraw';
import { useScrollToLane } from './use-scroll-to-lane';
import { useTile } from './use-tile';
import { useTraceView } from './use-trace-view';
import { useTraceWindow } from './use-trace-window';
import { releaseOf, waitOrigin } from './wait-origin';

/** What the server read for the first picture. */
export interface FirstPicture {
  readonly tile: TraceTile;
  readonly wait: WaitDetail | undefined;
  readonly hold: HoldDetail | undefined;
  readonly found: FirstFound;
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

  const base = `/api/v1/traces/${encodeURIComponent(id)}`;
  const chosen = useChosen({ base, lock: lock?.id, params, first, longest: longest?.wait });
  const { detail } = chosen;
  const found = useFound(base, params, first.found);
  const holds = tile.lock?.holds ?? [];
  const jumps = useJumps({ detail, hold: chosen.hold, holds, view, shown: viewport.get, durationNs, say: setSaid });
  const sites = lock?.sites ?? [];
  const tokenOf = (hold: TileHold) => holdToken(sites.findIndex((site) => site.id === hold.site.id) >>> 0);
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
          problem={found.problem}
          pending={found.pending}
          onPage={(from) => change({ found: from === 0 ? null : String(from) })}
          onShow={(row) =>
            change((now) => ({
              ...laneChanges(now.goroutines, row.goroutine),
              ...windowChanges(around({ fromNs: row.startNs, toNs: row.endNs }, 0.2, durationNs)),
              ...(row.wait === null ? {} : waitChanges(row.wait)),
            }))
          }
        />
      )}
      <div className="tl">
        <div>
          <div ref={area} className="lanes" aria-busy={pending} data-tile={`${tile.fromNs}-${tile.toNs}`}>
            <SceneProvider value={scene}>
              <Minimap overview={overview} summary={overview.summary} />
              <Lanes
                tile={tile}
                window={settled}
                tokenOf={tokenOf}
                view={view}
                chosenWait={chosen.wait}
                onHold={jumps.toHold}
              />
              <Ruler from={origin.text} />
            </SceneProvider>
          </div>
          <PictureFoot
            span={spanText(settled, durationNs)}
            problem={problem}
            moves={moves}
            onStall={lock === undefined ? undefined : () => change(windowChanges(undefined))}
          />
          <TraceLegend tile={tile} sites={sites} idle={params.idle} onIdle={toggleIdle} />
          <LaneTables tile={tile} window={settled} idle={params.idle} onHold={jumps.toHold} />
        </div>
        <SidePanel
          chosen={chosen}
          isHold={params.hold !== undefined}
          longest={longest}
          originNs={origin.ns}
          durationNs={durationNs}
          lane={goroutines[0]}
          tokenOf={tokenOf}
          hasLock={lock !== undefined}
          jumps={jumps}
        />
      </div>
      <output className="sr" aria-live="polite">
        {said}
      </output>
      <RowKeys group="waits" label="wait" />
      <TraceKeys moves={moves} />
    </>
  );
}
