'use client';
// Client: draws on a canvas.
import { useMemo } from 'react';
import type { TraceTile } from '@/lib/query/trace/result';
import { statesSentence } from '@/lib/report/trace-lane-sentence';
import { formatCount, formatWaiting } from '@/lib/units-format';
import { columnAt, fillColumns, largest, stack } from './draw-columns';
import { drawLabel } from './frame';
import { Lane } from './lane';
import { LaneCanvas } from './lane-canvas';
import { stateLooks } from './lane-colours';

/** Goroutines by state as stacked areas of their time-weighted mean; parked ones only when asked for. */
export function StatesLane({
  tile,
  seen,
  idle,
}: {
  readonly tile: TraceTile;
  readonly seen: TraceTile;
  readonly idle: boolean;
}) {
  const { looks, series, stacked, top } = useMemo(() => stackStates(tile, idle), [tile, idle]);
  const columns = (values: readonly number[]) => ({ fromNs: tile.fromNs, toNs: tile.toNs, values });
  return (
    <Lane name="Goroutines" sub={idle ? 'by state, parked too' : 'by state'}>
      <LaneCanvas
        height={84}
        summary={statesSentence(seen)}
        draw={(frame) => {
          for (const [index, look] of looks.entries()) {
            const base = index === 0 ? undefined : stacked[index - 1];
            fillColumns(frame, columns(stacked[index] ?? []), { base, top, fill: frame.paints.colour(look.token) });
          }
          const label = formatCount(Math.ceil(top));
          frame.context.fillStyle = frame.paints.colour('--bg');
          frame.context.globalAlpha = 0.8;
          frame.context.fillRect(4, 1, frame.context.measureText(label).width + 8, 15);
          frame.context.globalAlpha = 1;
          drawLabel(frame, label, { x: 8, middle: 8, room: 90, token: '--text' });
        }}
        tip={({ ns }) => {
          const column = columnAt(columns(stacked[0] ?? []), ns);
          if (column === undefined) return undefined;
          const parts = looks.flatMap((look, index) => {
            const { mean, max } = series[index] ?? { mean: [], max: [] };
            const value = mean[column] ?? 0;
            return (max[column] ?? 0) === 0
              ? []
              : [`${look.name} ${formatWaiting(value)} (at most ${formatCount(max[column])})`];
          });
          return parts.length === 0 ? 'no goroutine in these states' : parts.join(' · ');
        }}
      />
    </Lane>
  );
}

function stackStates(tile: TraceTile, idle: boolean) {
  const byState = new Map(tile.states.map((entry) => [entry.state, entry]));
  const looks = stateLooks.filter((look) => (idle || !look.idle) && byState.has(look.state));
  const series = looks.map((look) => byState.get(look.state) ?? { mean: [], max: [] });
  const stacked = stack(series.map(({ mean }) => mean));
  return { looks, series, stacked, top: Math.max(1, largest(stacked.at(-1) ?? [])) };
}
