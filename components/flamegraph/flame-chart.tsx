'use client';
// Client: d3-flame-graph draws into the DOM.
import { useEffect, useRef } from 'react';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { drawFlame, type FlameDrawing, type FlameMarks, rowHeight, spareRows } from './draw-flame';

interface FlameChartProps {
  readonly root: FlameNode;
  /** Rows with frames wide enough to be drawn: the room kept until the picture is there. */
  readonly rows: number;
  readonly grows: 'down' | 'up';
  /** Rows at the root's side that are drawn elsewhere (the lock row between two halves). */
  readonly hiddenRows: number;
  readonly zoom: string | undefined;
  readonly marks: FlameMarks;
  readonly fill: (node: FlameNode) => string;
  readonly onClick: (id: string) => void;
  readonly onHover: (id: string | undefined) => void;
}

/** The frames as pictures. Names and values for everybody are in the tree layer and the table, so it is hidden from them. */
export function FlameChart({ root, rows, grows, hiddenRows, zoom, marks, fill, onClick, onHover }: FlameChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const drawing = useRef<FlameDrawing>(undefined);
  const handlers = useRef({ onClick, onHover, zoom, marks });
  useEffect(() => {
    handlers.current = { onClick, onHover, zoom, marks };
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const drawn = drawFlame(element, {
      root,
      grows,
      fill,
      width: element.clientWidth,
      transitionMs: still ? 0 : 120,
      onClick: (id) => handlers.current.onClick(id),
      onHover: (id) => handlers.current.onHover(id),
    });
    drawn.zoomTo(handlers.current.zoom);
    drawn.mark(handlers.current.marks);
    drawing.current = drawn;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width || element.clientWidth === 0) return;
      width = element.clientWidth;
      drawn.resize(width);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      drawing.current = undefined;
    };
  }, [root, grows, fill]);

  useEffect(() => drawing.current?.zoomTo(zoom), [zoom]);
  useEffect(() => drawing.current?.mark(marks), [marks]);

  const rootSide = -hiddenRows * rowHeight;
  const farSide = -spareRows * rowHeight;
  const [marginTop, marginBottom] = grows === 'down' ? [rootSide, farSide] : [farSide, rootSide];
  return (
    <div
      className="fg-clip"
      data-grows={grows}
      aria-hidden="true"
      style={{ minHeight: (rows - hiddenRows) * rowHeight }}
    >
      <div ref={host} style={{ marginTop, marginBottom }} />
    </div>
  );
}
