'use client';
// Client: a brush over the whole trace.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { Lane } from './lane';
import { useScene } from './scene';
import { formatNs } from './time-ruler';
import { clampWindow, panWindow, spanOf, type TimeWindow, zoomWindow } from './time-window';

/** How many goroutines waited for locks over the whole trace, and where convoys were. */
export interface Overview {
  readonly mean: readonly number[];
  readonly max: readonly number[];
  /** Costliest first. */
  readonly convoys: readonly TimeWindow[];
}

const height = 36;
/** The costliest are marked; more would be a line. */
const convoysMarked = 8;

/** What an arrow does to the window. */
function keyMove(key: string): ((window: TimeWindow, durationNs: number) => TimeWindow) | undefined {
  switch (key) {
    case 'ArrowLeft':
      return (window, durationNs) => panWindow(window, -0.2, durationNs);
    case 'ArrowRight':
      return (window, durationNs) => panWindow(window, 0.2, durationNs);
    case 'ArrowUp':
      return (window, durationNs) => zoomWindow(window, 0.5, 0.5, durationNs);
    case 'ArrowDown':
      return (window, durationNs) => zoomWindow(window, 2, 0.5, durationNs);
    default:
      return undefined;
  }
}

/** The whole trace in small; the window is a box on it. Drag selects another one, arrows move it. */
export function Minimap({ overview, summary }: { readonly overview: Overview; readonly summary: string }) {
  const { viewport, commit } = useScene();
  const plot = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>();
  const { durationNs } = viewport;
  useEffect(() => {
    const place = () => {
      const { fromNs, toNs } = viewport.get();
      if (box.current === null) return;
      box.current.style.left = `${(fromNs / durationNs) * 100}%`;
      box.current.style.width = `${Math.max(0.4, ((toNs - fromNs) / durationNs) * 100)}%`;
      plot.current?.setAttribute('aria-valuenow', String(Math.round((fromNs + toNs) / 2)));
      plot.current?.setAttribute('aria-valuetext', spanText({ fromNs, toNs }, durationNs));
    };
    place();
    return viewport.subscribe(place);
  }, [viewport, durationNs]);

  const shareOf = (event: PointerEvent) => {
    const bounds = plot.current?.getBoundingClientRect();
    return bounds === undefined ? 0 : Math.min(1, Math.max(0, (event.clientX - bounds.left) / bounds.width));
  };
  const finish = () => {
    if (drag === undefined) return;
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    setDrag(undefined);
    const window = viewport.get();
    if (to - from > 0.004) viewport.set({ fromNs: from * durationNs, toNs: to * durationNs });
    else {
      // A click moves the window there.
      const half = spanOf(window) / 2;
      viewport.set(clampWindow({ fromNs: from * durationNs - half, toNs: from * durationNs + half }, durationNs));
    }
    commit();
  };
  const onKey = (event: KeyboardEvent) => {
    const window = viewport.get();
    const next = keyMove(event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    viewport.set(next(window, durationNs));
    commit();
  };
  return (
    <Lane name="Capture" sub={`${formatNs(durationNs)}, drag to zoom`}>
      <div
        ref={plot}
        className="plot mini"
        style={{ height }}
        role="slider"
        tabIndex={0}
        aria-label="Window on the capture: left and right move it, up and down zoom"
        aria-valuemin={0}
        aria-valuemax={durationNs}
        aria-valuenow={0}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: shareOf(event), to: shareOf(event) });
        }}
        onPointerMove={(event) => drag !== undefined && setDrag({ ...drag, to: shareOf(event) })}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(undefined)}
      >
        <OverviewPicture overview={overview} durationNs={durationNs} summary={summary} />
        <div ref={box} className="vp" />
        {drag === undefined ? null : (
          <div
            className="pickbox"
            style={{
              left: `${Math.min(drag.from, drag.to) * 100}%`,
              width: `${Math.abs(drag.to - drag.from) * 100}%`,
            }}
          />
        )}
      </div>
    </Lane>
  );
}

function OverviewPicture({
  overview: { mean, max, convoys },
  durationNs,
  summary,
}: {
  readonly overview: Overview;
  readonly durationNs: number;
  readonly summary: string;
}) {
  const top = Math.max(1, ...max);
  return (
    <svg viewBox={`0 0 ${mean.length} ${height}`} preserveAspectRatio="none" role="img" aria-label={summary}>
      <path d={area(max, top)} fill="var(--w-rlock)" opacity="0.35" />
      <path d={area(mean, top)} fill="var(--w-rlock)" />
      {convoys.slice(0, convoysMarked).map(({ fromNs, toNs }) => (
        <path
          key={fromNs}
          d={`M${(fromNs / durationNs) * mean.length} 1H${Math.max((toNs / durationNs) * mean.length, (fromNs / durationNs) * mean.length + 1)}`}
          stroke="var(--bad-edge)"
          strokeWidth="2"
        />
      ))}
    </svg>
  );
}

function area(values: readonly number[], top: number): string {
  const steps = values.map((value, column) => `V${(height - (value / top) * (height - 4)).toFixed(1)}H${column + 1}`);
  return `M0 ${height}${steps.join('')}V${height}Z`;
}

/** `2.94 s to 3.9 s of 6 s`. */
export function spanText({ fromNs, toNs }: TimeWindow, durationNs: number): string {
  return `${formatNs(fromNs)} to ${formatNs(toNs)} of ${formatNs(durationNs)}`;
}
