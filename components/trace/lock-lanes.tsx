'use client';
// Client: draws on canvases; a click shows a hold.
import { useMemo } from 'react';
import { bareName } from '@/lib/profile/function-name';
import type { TileHold, TileLock, TraceConvoyRow, TraceTile } from '@/lib/query/trace/result';
import { lockLaneSentence } from '@/lib/report/trace-lane-sentence';
import { formatCount, formatPlural, formatWaiting } from '@/lib/units-format';
import { columnAt, fillColumns, largest, stack } from './draw-columns';
import { drawHolds, holdText, packHolds } from './draw-holds';
import { drawLabel, type Frame } from './frame';
import type { HoldName } from './hold-detail';
import { Lane } from './lane';
import { LaneCanvas, type LanePoint } from './lane-canvas';
import { queueLooks } from './lane-colours';
import { queueSentence } from './lane-sentences';

/** Who holds the lock, a bar for each hold in the colour of its release site, convoys marked above. */
export function HoldsLane({
  lock,
  convoys,
  seen,
  tokenOf,
  chosen,
  onPick,
}: {
  readonly lock: TileLock;
  readonly convoys: readonly TraceConvoyRow[];
  readonly seen: TraceTile;
  readonly tokenOf: (hold: TileHold) => string;
  readonly chosen: HoldName | undefined;
  readonly onPick: (hold: TileHold) => void;
}) {
  const packed = useMemo(() => packHolds(lock.holds), [lock.holds]);
  const at = ({ ns, share, nsPerPixel }: LanePoint) => {
    const row = Math.min(packed.used - 1, Math.floor(share * packed.used));
    const reach = 3 * nsPerPixel;
    const here = ({ certainNs, endNs, start }: TileHold) =>
      certainNs - (start === 'unknown' ? 18 * nsPerPixel : reach) <= ns && endNs + reach >= ns;
    // Where two meet, the later one lies on top.
    return packed.holds.findLast((hold, index) => packed.rows[index] === row && here(hold));
  };
  return (
    <Lane
      name={<code>{lock.name}</code>}
      sub={`${lock.family}, who holds${packed.crowded > 0 ? ` · ${formatPlural(packed.crowded, 'hold')} drawn over others` : ''}`}
    >
      <LaneCanvas
        height={packed.used === 1 ? 34 : 10 + packed.used * 18}
        summary={lockLaneSentence(seen)}
        draw={(frame) => {
          drawHolds(frame, packed, tokenOf, chosen);
          drawConvoys(frame, convoys);
        }}
        tip={(point) => {
          const hold = at(point);
          return hold === undefined ? undefined : `${holdText(hold)} · woke ${formatCount(hold.woke)}`;
        }}
        onPick={(point) => {
          const hold = at(point);
          if (hold !== undefined) onPick(hold);
        }}
      />
    </Lane>
  );
}

/** A bracket over each convoy with how many it kept waiting. */
function drawConvoys(frame: Frame, convoys: readonly TraceConvoyRow[]): void {
  const { context, x, width, paints } = frame;
  for (const { atNs, durationNs, victims } of convoys) {
    const from = Math.max(-1, x(atNs));
    const to = Math.min(width + 1, x(atNs + durationNs));
    if (to < 0 || from > width || to - from < 3) continue;
    context.fillStyle = paints.colour('--bad-edge');
    context.fillRect(from, 0, to - from, 2);
    context.fillRect(from, 0, 1.5, 6);
    context.fillRect(to - 1.5, 0, 1.5, 6);
    const text = `convoy: ${formatCount(victims)}`;
    const wide = context.measureText(text).width;
    if (to - from < wide + 240) continue;
    context.fillStyle = paints.colour('--bg');
    context.fillRect(to - wide - 14, 0, wide + 10, 14);
    drawLabel(frame, text, { x: to - wide - 9, middle: 7, room: wide + 4, token: '--bad' });
  }
}

/** How many wait, readers and writers apart: means filled, the busiest moment of each column as a paler edge. */
export function QueueLane({
  lock,
  tile,
  seen,
}: {
  readonly lock: TileLock;
  readonly tile: TraceTile;
  readonly seen: TraceTile;
}) {
  const { stacked, top } = useMemo(() => {
    const means = stack(lock.queue.map(({ mean }) => mean));
    const peaks = lock.queue.reduce((most, { max }) => Math.max(most, largest(max)), 0);
    return { stacked: means, top: Math.max(1, peaks, largest(means.at(-1) ?? [])) };
  }, [lock]);
  const columns = (values: readonly number[]) => ({ fromNs: tile.fromNs, toNs: tile.toNs, values });
  return (
    <Lane name="Queue" sub={lock.queue.map(({ who }) => queueLooks[who].name).join(', ') || 'nobody waits'}>
      <LaneCanvas
        height={56}
        summary={queueSentence(seen.lock ?? lock)}
        draw={(frame) => {
          for (const { who, max } of lock.queue) {
            fillColumns(frame, columns(max), { top, fill: frame.paints.colour(queueLooks[who].token), alpha: 0.28 });
          }
          for (const [index, { who }] of lock.queue.entries()) {
            const { token } = queueLooks[who];
            const fill =
              who === 'readers' || who === 'waiters'
                ? frame.paints.colour(token)
                : frame.paints.hatch(token, frame.context);
            fillColumns(frame, columns(stacked[index] ?? []), {
              base: index === 0 ? undefined : stacked[index - 1],
              top,
              fill,
            });
          }
          drawLabel(frame, formatCount(top), { x: 8, middle: 8, room: 90, token: '--text' });
        }}
        tip={({ ns }) => {
          const column = columnAt(columns(stacked[0] ?? []), ns);
          if (column === undefined) return undefined;
          const parts = lock.queue
            .filter(({ max }) => (max[column] ?? 0) > 0)
            .map(
              ({ who, mean, max }) =>
                `${queueLooks[who].name} ${formatWaiting(mean[column])} (at most ${formatCount(max[column])})`,
            );
          return parts.length === 0 ? 'nobody waits' : parts.join(' · ');
        }}
      />
    </Lane>
  );
}

export const holderSub = (hold: TileHold | undefined): string =>
  hold === undefined ? 'held it' : `held it in ${bareName(hold.site.function)}`;
