'use client';
// Client: draws on a canvas.
import type { ReactNode } from 'react';
import { bareName } from '@/lib/profile/function-name';
import type { TileLane } from '@/lib/query/trace/result';
import { barLength, drawBars } from './draw-bars';
import { Lane } from './lane';
import { LaneCanvas } from './lane-canvas';
import { stateName } from './lane-colours';
import { laneSentence } from './lane-sentences';
import type { TimeWindow } from './time-window';

/** What one goroutine did, state by state. */
export function GoroutineLane({
  lane,
  cover,
  window,
  sub,
  chosen,
}: {
  readonly lane: TileLane;
  /** What the tile covers: bars are cut there. */
  readonly cover: TimeWindow;
  readonly window: TimeWindow;
  readonly sub: ReactNode;
  readonly chosen: boolean;
}) {
  return (
    <Lane name={goroutineName(lane)} sub={sub} chosen={chosen}>
      <LaneCanvas
        height={28}
        summary={laneSentence(lane, window)}
        draw={(frame) => drawBars(frame, lane.bars, cover)}
        tip={({ ns, nsPerPixel }) => {
          const bar = lane.bars.find(({ startNs, endNs }) => startNs - nsPerPixel <= ns && endNs + nsPerPixel >= ns);
          if (bar === undefined) return undefined;
          const what = `${stateName(bar.state)}${bar.label === '' ? '' : ` in ${bar.label}`}`;
          const length = barLength(bar, cover);
          return bar.merged > 1 ? `${bar.merged} short intervals in ${length}, mostly ${what}` : `${what} ${length}`;
        }}
      />
    </Lane>
  );
}

/** `G6 reloader`; only the number when no stack told what it runs. */
export function goroutineName({ goroutine, name }: { readonly goroutine: number; readonly name: string }): string {
  return name === '' ? `G${goroutine}` : `G${goroutine} ${bareName(name)}`;
}
