'use client';
// Client: draws on canvases; buttons fold and choose.
import { bareName } from '@/lib/profile/function-name';
import type { TileQueue, TileWait, TraceTile } from '@/lib/query/trace/result';
import { waitersSentence } from '@/lib/report/trace-lane-sentence';
import { formatCount, formatWaiting } from '@/lib/units-format';
import { drawWait } from './draw-bars';
import { columnAt, fillColumns, largest } from './draw-columns';
import { drawLabel } from './frame';
import { Lane } from './lane';
import { LaneCanvas } from './lane-canvas';
import { waitLength, waitSentence } from './lane-sentences';
import { useScene } from './scene';

/** All waits of one site as one lane: how many at a time, hanging from the top. */
export function FoldedWaiters({
  queue,
  tile,
  seen,
  open,
  onToggle,
}: {
  readonly queue: TileQueue;
  readonly tile: TraceTile;
  /** The same, cut to what is on screen. */
  readonly seen: TileQueue;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const top = Math.max(1, largest(queue.max));
  const columns = (values: readonly number[]) => ({ fromNs: tile.fromNs, toNs: tile.toNs, values });
  const token = waitToken(queue.site.kind);
  const hasName = queue.site.function !== '';
  const name = hasName ? bareName(queue.site.function) : 'a call not in the trace';
  const { release, releaseNs } = useScene();
  return (
    <Lane
      name={
        <>
          {formatCount(queue.waits)} × {hasName ? <code>{name}</code> : <span className="muted">{name}</span>}
        </>
      }
      sub={
        <>
          {queue.site.kind} ·{' '}
          <button type="button" className="linkish" aria-expanded={open} onClick={onToggle}>
            {open ? 'fold' : 'unfold'}
            <span className="sr"> the waits of {name}</span>
          </button>
        </>
      }
    >
      <LaneCanvas
        height={72}
        summary={waitersSentence({ waiters: [seen], unfolded: undefined })}
        draw={(frame) => {
          const fill = frame.paints.colour(token);
          fillColumns(frame, columns(queue.max), { top: top * 1.05, fill, alpha: 0.28, hangs: true });
          fillColumns(frame, columns(queue.mean), { top: top * 1.05, fill, hangs: true });
          const label = `${formatCount(largest(seen.max))} at once`;
          const wide = frame.context.measureText(label).width;
          frame.context.fillStyle = frame.paints.colour('--bg');
          frame.context.globalAlpha = 0.85;
          frame.context.fillRect(4, frame.height - 17, wide + 8, 16);
          frame.context.globalAlpha = 1;
          drawLabel(frame, label, { x: 8, middle: frame.height - 9, room: 200, token: '--text' });
          if (release?.site !== queue.site.id || releaseNs === undefined) return;
          const at = frame.x(releaseNs) + 8;
          for (const [line, text] of release.text.entries()) {
            drawLabel(frame, text, { x: at, middle: 32 + 16 * line, room: frame.width - at, token: '--text' });
          }
        }}
        tip={({ ns }) => {
          const column = columnAt(columns(queue.mean), ns);
          if (column === undefined) return undefined;
          return `${formatWaiting(queue.mean[column])} on average, at most ${formatCount(queue.max[column])} wait here`;
        }}
      />
    </Lane>
  );
}

/** One wait of an unfolded site; its name is the button that shows it. */
export function WaitLane({
  wait,
  kind,
  chosen,
  onChoose,
}: {
  readonly wait: TileWait;
  readonly kind: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { viewport } = useScene();
  return (
    <div className="lane one" data-chosen={chosen || undefined}>
      <div className="n">
        <button type="button" data-row className="linkish" aria-pressed={chosen} onClick={onChoose}>
          G{wait.goroutine}
        </button>
        <span>{waitLength(wait, viewport.durationNs)}</span>
      </div>
      <LaneCanvas
        height={24}
        summary={waitSentence(wait, viewport.durationNs)}
        draw={(frame) => drawWait(frame, wait, viewport.durationNs, waitToken(kind))}
        tip={() => waitSentence(wait, viewport.durationNs)}
        onPick={onChoose}
      />
    </div>
  );
}

/** Colour of a wait by the call it waits in (`Site.kind`). */
export function waitToken(kind: string): string {
  if (kind === 'RWMutex.RLock') return '--w-rlock';
  if (kind.startsWith('RWMutex.Lock')) return '--w-wlock';
  if (kind === 'WaitGroup.Wait' || kind === 'Cond.Wait') return '--w-cond';
  return kind.startsWith('chan') || kind === 'select' ? '--w-chan' : '--w-mutex';
}
