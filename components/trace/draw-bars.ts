import type { TileBar, TileRange, TileWait } from '@/lib/query/trace/result';
import { drawLabel, type Frame } from './frame';
import { inkOf, stateName, stateToken } from './lane-colours';
import { formatNs } from './time-ruler';
import type { TimeWindow } from './time-window';

/** What one goroutine did: a bar for each state, its call or state written where there is room. */
export function drawBars(frame: Frame, bars: readonly TileBar[], cover: TimeWindow): void {
  const { context, width, height, paints, x } = frame;
  for (const bar of bars) {
    const from = Math.max(-1, x(bar.startNs));
    const to = Math.min(width + 1, x(bar.endNs));
    if (to < 0 || from > width) continue;
    const token = stateToken(bar.state);
    const striped = bar.merged > 1;
    context.fillStyle = striped ? paints.hatch(token, context) : paints.colour(token);
    context.fillRect(from, 3, Math.max(0.75, to - from - (to - from > 4 ? 0.5 : 0)), height - 6);
    if (striped) continue;
    const left = Math.max(0, from) + 6;
    drawLabel(frame, `${bar.label === '' ? stateName(bar.state) : bar.label} ${barLength(bar, cover)}`, {
      x: left,
      middle: height / 2,
      room: to - left - 4,
      token: inkOf(token),
    });
  }
}

/** How long an interval was; ≥ when it goes on beyond what the tile covers, in which its bar is cut. */
export function barLength({ startNs, endNs }: TileBar, cover: TimeWindow): string {
  const cut = (startNs <= cover.fromNs && cover.fromNs > 0) || endNs >= cover.toNs;
  return `${cut ? '≥\u00a0' : ''}${formatNs(endNs - startNs)}`;
}

/** One wait: blocked until its release, then on the way to a processor until it has the lock. */
export function drawWait(frame: Frame, wait: TileWait, durationNs: number, token: string): void {
  const { context, width, height, paints, x } = frame;
  const end = wait.acquiredNs ?? wait.grantedNs ?? durationNs;
  const granted = wait.grantedNs ?? end;
  const from = Math.max(-1, x(wait.beginNs));
  const to = Math.min(width + 1, x(granted));
  context.fillStyle = paints.colour(token);
  if (to > from) context.fillRect(from, 4, Math.max(1, to - from), height - 8);
  const woken = Math.max(-1, x(granted));
  const has = Math.min(width + 1, x(end));
  context.fillStyle = paints.colour('--w-runnable');
  if (has > woken) context.fillRect(woken, 4, Math.max(0.75, has - woken), height - 8);
  // Cut by an end of the trace: the bar is open there.
  context.fillStyle = paints.colour('--bg');
  if (wait.beganBefore) for (const at of [4, 8]) context.fillRect(from + at, 4, 1.5, height - 8);
  if (wait.unfinished) for (const at of [5, 9]) context.fillRect(to - at, 4, 1.5, height - 8);
}

/** Collector: mark phases pale, pauses solid, assists striped; their lengths written beside where there is room. */
export function drawRanges(frame: Frame, ranges: readonly TileRange[]): void {
  const { context, width, height, paints, x } = frame;
  for (const range of [...ranges].sort((a, b) => order(a) - order(b))) {
    const from = Math.max(-1, x(range.startNs));
    const to = Math.min(width + 1, x(range.endNs));
    if (to < 0 || from > width) continue;
    context.globalAlpha = range.kind === 'gc mark' ? 0.45 : 1;
    context.fillStyle = range.kind === 'mark assist' ? paints.hatch('--w-gc', context) : paints.colour('--w-gc');
    const low = range.kind === 'mark assist' ? height - 9 : 3;
    context.fillRect(from, low, Math.max(1.5, to - from), range.kind === 'mark assist' ? 6 : height - 6);
    context.globalAlpha = 1;
    if (range.kind !== 'gc mark' || to - from > 0.5 * width) continue;
    drawLabel(frame, `mark ${formatNs(range.endNs - range.startNs)}`, {
      x: to + 4,
      middle: height / 2,
      room: roomBehind(frame, ranges, range),
      token: '--muted',
    });
  }
}

const order = ({ kind }: TileRange): number => (kind === 'gc mark' ? 0 : kind === 'mark assist' ? 1 : 2);

function roomBehind({ x, width }: Frame, ranges: readonly TileRange[], { endNs }: TileRange): number {
  const next = ranges.reduce(
    (least, other) => (other.startNs > endNs ? Math.min(least, other.startNs) : least),
    Infinity,
  );
  return Math.min(width, x(next)) - x(endNs) - 8;
}
