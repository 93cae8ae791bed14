import { bareName } from '@/lib/profile/function-name';
import type { TileHold } from '@/lib/query/trace/result';
import { formatPlural } from '@/lib/units-format';
import { drawLabel, type Frame } from './frame';
import type { HoldName } from './hold-detail';
import { inkOf } from './lane-colours';
import { packRows } from './pack-rows';
import { formatNs } from './time-ruler';

/** A hold whose start is not in the trace is drawn this far back from its end, px. */
const unknownWidth = 18;

/** Holds by when they are certain, placed in rows. */
export interface PackedHolds {
  readonly holds: readonly TileHold[];
  readonly rows: readonly number[];
  /** End of the hold before, in the same row. */
  readonly free: readonly number[];
  readonly used: number;
  readonly crowded: number;
}

const mostRows = 4;

export function packHolds(holds: readonly TileHold[]): PackedHolds {
  const byCertain = [...holds].sort((a, b) => a.certainNs - b.certainNs);
  return {
    holds: byCertain,
    ...packRows(
      byCertain.map(({ certainNs, endNs }) => ({ startNs: certainNs, endNs })),
      mostRows,
    ),
  };
}

/**
 * Draws holds in rows: solid where certain; a thin stripe before that where the lock may have been held already
 * (bounded), as far as the row is free; and a fading tip before the release when only that is known. The chosen one is
 * framed.
 */
export function drawHolds(
  frame: Frame,
  packed: PackedHolds,
  tokenOf: (hold: TileHold) => string,
  chosen: HoldName | undefined,
): void {
  const { height } = frame;
  const rowHeight = (height - 4) / packed.used;
  for (const [index, hold] of packed.holds.entries()) {
    const top = 2 + (packed.rows[index] ?? 0) * rowHeight;
    const place = { top, tall: rowHeight - (packed.used > 1 ? 1 : 0), token: tokenOf(hold) };
    if (hold.start === 'unknown') drawFading(frame, { ...place, end: frame.x(hold.endNs) });
    else drawKnown(frame, hold, { ...place, freeNs: packed.free[index] ?? Number.NEGATIVE_INFINITY });
    if (hold.goroutine === chosen?.goroutine && Math.floor(hold.endNs) === chosen.endNs) drawChosen(frame, hold, place);
  }
}

interface Place {
  readonly top: number;
  readonly tall: number;
  readonly token: string;
}

function drawKnown(
  frame: Frame,
  hold: TileHold,
  { top, tall, token, freeNs }: Place & { readonly freeNs: number },
): void {
  const { context, width, paints, x } = frame;
  const end = Math.min(width + 1, x(hold.endNs));
  const from = Math.max(-1, x(Math.max(hold.startNs, freeNs)));
  if (end < 0 || from > width) return;
  const certain = Math.max(-1, Math.min(end, x(hold.certainNs)));
  if (hold.start === 'bounded' && certain > from) {
    context.fillStyle = paints.hatch(token, context);
    const thin = Math.min(5, tall / 2);
    context.fillRect(from, top + (tall - thin) / 2, certain - from, thin);
  }
  context.fillStyle = paints.colour(token);
  // Merged holds have gaps too narrow to draw: paler by the share that nobody held.
  context.globalAlpha = hold.merged > 1 ? 0.35 + 0.65 * heldShare(hold) : 1;
  context.fillRect(certain, top, Math.max(1, end - certain), tall);
  context.globalAlpha = 1;
  if (tall < 12 || hold.merged > 1) return;
  const left = Math.max(0, certain) + 7;
  drawLabel(frame, holdText(hold), { x: left, middle: top + tall / 2, room: end - left - 4, token: inkOf(token) });
}

/** A frame around the chosen hold, wide enough to be seen around a narrow one. */
function drawChosen({ context, width, paints, x }: Frame, hold: TileHold, { top, tall }: Place): void {
  const end = Math.min(width, x(hold.endNs)) + 2;
  const from = Math.max(
    0,
    Math.min(x(hold.certainNs), x(hold.endNs) - (hold.start === 'unknown' ? unknownWidth : 2)) - 2,
  );
  if (end < 0 || from > width) return;
  context.strokeStyle = paints.colour('--link');
  context.lineWidth = 2;
  context.strokeRect(from, top, end - from, tall);
}

function drawFading(
  { context, paints, width }: Frame,
  { end, top, tall, token }: Place & { readonly end: number },
): void {
  if (end < 0 || end > width + unknownWidth) return;
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
