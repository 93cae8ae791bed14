import { bareName } from '@/lib/profile/function-name';
import type { TileHold } from '@/lib/query/trace/result';
import { formatPlural } from '@/lib/units-format';
import { drawLabel, type Frame } from './frame';
import { inkOf } from './lane-colours';
import { formatNs } from './time-ruler';

/** A hold whose start is not in the trace is drawn this far back from its end, px. */
const unknownWidth = 22;

/**
 * Draws holds in rows: solid where certain, striped where the lock may not have been held yet (bounded), and a fading
 * stripe before the release when only that is known.
 */
export function drawHolds(
  frame: Frame,
  holds: readonly TileHold[],
  {
    rows,
    used,
    tokenOf,
  }: {
    readonly rows: readonly number[];
    readonly used: number;
    readonly tokenOf: (hold: TileHold) => string;
  },
): void {
  const { context, width, height, paints, x } = frame;
  const rowHeight = (height - 4) / used;
  for (const [index, hold] of holds.entries()) {
    const end = Math.min(width + 1, x(hold.endNs));
    const token = tokenOf(hold);
    const top = 2 + (rows[index] ?? 0) * rowHeight;
    const tall = rowHeight - (used > 1 ? 1 : 0);
    if (hold.start === 'unknown') {
      if (end < 0 || x(hold.endNs) > width + unknownWidth) continue;
      drawFading(frame, { end: x(hold.endNs), top, tall, token });
      continue;
    }
    const from = Math.max(-1, x(hold.startNs));
    if (end < 0 || from > width) continue;
    const certain = Math.max(from, Math.min(end, x(hold.certainNs)));
    if (hold.start === 'bounded') {
      context.fillStyle = paints.hatch(token, context);
      context.fillRect(from, top, certain - from, tall);
    }
    context.fillStyle = paints.colour(token);
    // Merged holds have gaps too narrow to draw: paler by the share that nobody held.
    context.globalAlpha = hold.merged > 1 ? 0.35 + 0.65 * heldShare(hold) : 1;
    context.fillRect(certain, top, Math.max(1, end - certain), tall);
    context.globalAlpha = 1;
    if (tall < 12 || hold.merged > 1) continue;
    const left = Math.max(0, certain) + 7;
    drawLabel(frame, holdText(hold), { x: left, middle: top + tall / 2, room: end - left - 4, token: inkOf(token) });
  }
}

function drawFading(
  { context, paints }: Frame,
  {
    end,
    top,
    tall,
    token,
  }: { readonly end: number; readonly top: number; readonly tall: number; readonly token: string },
): void {
  context.fillStyle = paints.hatch(token, context);
  context.beginPath();
  context.moveTo(end - unknownWidth, top + tall / 2);
  context.lineTo(end, top);
  context.lineTo(end, top + tall);
  context.closePath();
  context.fill();
  context.fillStyle = paints.colour(token);
  context.fillRect(end - 1.5, top, 1.5, tall);
}

/** `write: ReloadFromDB, G6, 733 ms`; ≥ before a length of which only a part is certain. */
export function holdText(hold: TileHold): string {
  const mode = hold.mode === 'write' || hold.mode === 'read' ? `${hold.mode}: ` : '';
  const who = `${mode}${bareName(hold.site.function)}, G${hold.goroutine}`;
  if (hold.merged > 1) {
    return `${formatPlural(hold.merged, 'hold')} too short to draw apart, ${formatNs(hold.heldNs)} in all; the longest: ${who}`;
  }
  return `${who}, ${holdLength(hold)}`;
}

function heldShare({ heldNs, certainNs, endNs }: TileHold): number {
  return endNs > certainNs ? Math.min(1, heldNs / (endNs - certainNs)) : 1;
}

/** Exact length, its certain part with ≥, or that the start is unknown. */
export function holdLength(hold: TileHold): string {
  if (hold.start === 'unknown') return 'start unknown';
  return `${hold.start === 'exact' && hold.released ? '' : '≥\u00a0'}${formatNs(hold.heldNs)}`;
}
