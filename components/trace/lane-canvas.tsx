'use client';
// Client: a canvas that follows the viewport and the pointer.
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { drawFrame, type Frame } from './frame';
import { useScene } from './scene';
import { spanOf } from './time-window';

export interface LanePoint {
  readonly ns: number;
  /** From the top, as a share of the height. */
  readonly share: number;
  /** Nanoseconds of one pixel: how near is near. */
  readonly nsPerPixel: number;
}

/** The picture of one lane. `summary` says in one sentence what is drawn; `tip` what is under the pointer. */
export function LaneCanvas({
  height,
  summary,
  draw,
  tip,
  onPick,
}: {
  readonly height: number;
  readonly summary: string;
  readonly draw: (frame: Frame) => void;
  readonly tip?: (point: LanePoint) => string | undefined;
  readonly onPick?: (point: LanePoint) => void;
}) {
  const scene = useScene();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hover, setHover] = useState<{ readonly left: number; readonly width: number; readonly text: string }>();
  const latest = useRef(() => {});
  useEffect(() => {
    latest.current = () => {
      if (canvas.current !== null) drawFrame(canvas.current, scene, draw);
    };
    latest.current();
  });
  useEffect(() => scene.viewport.subscribe(() => latest.current()), [scene.viewport]);

  const pointOf = (event: PointerEvent): LanePoint => {
    const box = event.currentTarget.getBoundingClientRect();
    const window = scene.viewport.get();
    const nsPerPixel = spanOf(window) / box.width;
    return {
      ns: window.fromNs + (event.clientX - box.left) * nsPerPixel,
      share: (event.clientY - box.top) / box.height,
      nsPerPixel,
    };
  };
  const onMove = (event: PointerEvent) => {
    const text = event.buttons > 0 ? undefined : tip?.(pointOf(event));
    const box = event.currentTarget.getBoundingClientRect();
    setHover(text === undefined ? undefined : { left: event.clientX - box.left, width: box.width, text });
  };
  return (
    <div
      className="plot"
      style={{ height }}
      onPointerMove={tip === undefined ? undefined : onMove}
      onPointerLeave={() => setHover(undefined)}
      onPointerUp={onPick === undefined ? undefined : (event) => onPick(pointOf(event))}
    >
      <canvas ref={canvas} role="img" aria-label={summary} className={onPick === undefined ? undefined : 'pickable'} />
      {hover === undefined ? null : (
        <span
          className="pop lane-tip"
          aria-hidden="true"
          style={hover.left < hover.width / 2 ? { left: hover.left + 12 } : { right: hover.width - hover.left + 12 }}
        >
          {hover.text}
        </span>
      )}
    </div>
  );
}
