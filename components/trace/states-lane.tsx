'use client';
// Client: draws on a canvas.
import { useMemo } from 'react';
import type { TraceTile } from '@/lib/query/trace/result';
import { statesSentence } from '@/lib/report/trace-lane-sentence';
import { formatCount, formatWaiting } from '@/lib/units-format';
import { columnAt, fillColumns, largest, stack, visibleColumns } from './draw-columns';
import { drawLabel, type Frame } from './frame';
import { Lane } from './lane';
import { LaneCanvas } from './lane-canvas';
import { inkOf, stateLooks } from './lane-colours';

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
          nameBands(frame, looks, stacked, { tile, top });
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

/** Writes the name of a state into its band where that is thickest on screen and thick enough. */
function nameBands(
  frame: Frame,
  looks: readonly { readonly token: string; readonly name: string }[],
  stacked: readonly (readonly number[])[],
  { tile, top }: { readonly tile: TraceTile; readonly top: number },
): void {
  const { first, last } = visibleColumns(frame, { ...tile, values: { length: tile.pixels } });
  const step = (tile.toNs - tile.fromNs) / tile.pixels;
  for (const [index, { token, name }] of looks.entries()) {
    const line = stacked[index] ?? [];
    const base = index === 0 ? undefined : stacked[index - 1];
    const text = frame.context.measureText(name).width;
    const columns = Math.ceil((text + 12) / (frame.x(step) - frame.x(0)));
    let best: { readonly column: number; readonly from: number; readonly to: number } | undefined;
    for (let column = first; column + columns <= last; column += columns) {
      let from = 0;
      let to = Number.POSITIVE_INFINITY;
      for (let each = column; each < column + columns; each++) {
        from = Math.max(from, base?.[each] ?? 0);
        to = Math.min(to, line[each] ?? 0);
      }
      if (best === undefined || to - from >= best.to - best.from) best = { column, from, to };
    }
    if (best === undefined || ((best.to - best.from) / top) * frame.height < 15) continue;
    const middle = frame.height - ((best.from + best.to) / 2 / top) * frame.height;
    const left = frame.x(tile.fromNs + best.column * step) + 6;
    drawLabel(frame, name, { x: left, middle, room: text + 2, token: inkOf(token) });
  }
}

function stackStates(tile: TraceTile, idle: boolean) {
  const byState = new Map(tile.states.map((entry) => [entry.state, entry]));
  const looks = stateLooks.filter((look) => (idle || !look.idle) && byState.has(look.state));
  const series = looks.map((look) => byState.get(look.state) ?? { mean: [], max: [] });
  const stacked = stack(series.map(({ mean }) => mean));
  return { looks, series, stacked, top: Math.max(1, largest(stacked.at(-1) ?? [])) };
}
