import { hourMs, minuteMs } from './spans';

/** Where the windows of one span come from. Spans of one series do not overlap. */
export interface Piece {
  readonly source: 'raw' | 'minutes' | 'hour';
  readonly from: number;
  readonly to: number;
  /** True when no finer tier is left, so the answer is at most as fine as this. */
  readonly coarse: boolean;
  /** True when an edge was moved outwards to a whole minute or hour. */
  readonly widened: boolean;
}

export interface TierFacts {
  /** Start of what each tier still holds; everything before is gone. Whole hours. */
  readonly rawFloor: number;
  readonly site1mFloor: number;
  /** True when roll-ups of this series-hour are missing or out of date. */
  isDirty(hour: number): boolean;
}

/** Pieces that cover [from, to) for stack sums: clean whole hours from the roll-up, the rest raw. */
export function planStacks(from: number, to: number, facts: TierFacts): Piece[] {
  return planHours(from, to, (hour, lo, hi) => {
    const whole = lo === hour && hi === hour + hourMs;
    if (hour < facts.rawFloor) return [hourPiece(hour, true, !whole)];
    return whole && !facts.isDirty(hour) ? [hourPiece(hour, false, false)] : [rawPiece(lo, hi)];
  });
}

/**
 * Pieces for site sums. `unitMs` is the step they go into, or undefined when only sums are wanted: a tier may answer
 * when its spans fit whole into the step.
 */
export function planSites(from: number, to: number, facts: TierFacts, unitMs: number | undefined): Piece[] {
  const hoursFit = unitMs === undefined || unitMs % hourMs === 0;
  const minutesFit = unitMs === undefined || unitMs % minuteMs === 0;
  return planHours(from, to, (hour, lo, hi) => {
    const whole = lo === hour && hi === hour + hourMs;
    if (hour < facts.rawFloor) return planGone(hour, lo, hi, whole && hoursFit, facts);
    if (facts.isDirty(hour) || !minutesFit) return [rawPiece(lo, hi)];
    if (whole && hoursFit) return [hourPiece(hour, false, false)];
    const [first, last] = [Math.ceil(lo / minuteMs) * minuteMs, Math.floor(hi / minuteMs) * minuteMs];
    if (first >= last) return [rawPiece(lo, hi)];
    const minutes: Piece = { source: 'minutes', from: first, to: last, coarse: false, widened: false };
    return [rawPiece(lo, first), minutes, rawPiece(last, hi)].filter((piece) => piece.from < piece.to);
  });
}

function planGone(hour: number, lo: number, hi: number, asHour: boolean, facts: TierFacts): Piece[] {
  const whole = lo === hour && hi === hour + hourMs;
  if (hour < facts.site1mFloor) return [hourPiece(hour, true, !whole)];
  // A whole hour asked for in whole hours needs no minutes, though they are there.
  if (asHour) return [hourPiece(hour, false, false)];
  const [from, to] = [Math.floor(lo / minuteMs) * minuteMs, Math.ceil(hi / minuteMs) * minuteMs];
  return [{ source: 'minutes', from, to, coarse: true, widened: from !== lo || to !== hi }];
}

function hourPiece(hour: number, coarse: boolean, widened: boolean): Piece {
  return { source: 'hour', from: hour, to: hour + hourMs, coarse, widened };
}

function rawPiece(from: number, to: number): Piece {
  return { source: 'raw', from, to, coarse: false, widened: false };
}

/** Runs `each` over the hours of [from, to) and joins neighbours that are alike. */
function planHours(from: number, to: number, each: (hour: number, lo: number, hi: number) => Piece[]): Piece[] {
  const pieces: Piece[] = [];
  for (let hour = Math.floor(from / hourMs) * hourMs; hour < to; hour += hourMs) {
    for (const piece of each(hour, Math.max(hour, from), Math.min(hour + hourMs, to))) {
      const last = pieces.at(-1);
      const joins =
        last !== undefined &&
        last.to === piece.from &&
        last.source === piece.source &&
        last.coarse === piece.coarse &&
        last.widened === piece.widened;
      if (joins) pieces[pieces.length - 1] = { ...last, to: piece.to };
      else pieces.push(piece);
    }
  }
  return pieces;
}
