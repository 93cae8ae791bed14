import { fiveMinutesMs, hourMs, minuteMs } from './spans';

/** Where the windows of one span come from. Spans of one series do not overlap. */
export interface Piece {
  /** Length of the roll-up's spans in ms; 0 = native windows. */
  readonly tierMs: number;
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
 * when its spans fit whole into the step. The coarsest tier that fits is the cheapest.
 */
export function planSites(from: number, to: number, facts: TierFacts, unitMs: number | undefined): Piece[] {
  const fits = (tierMs: number) => unitMs === undefined || unitMs % tierMs === 0;
  const tierMs = [fiveMinutesMs, minuteMs].find(fits);
  return planHours(from, to, (hour, lo, hi) => {
    const whole = lo === hour && hi === hour + hourMs;
    if (hour < facts.rawFloor) return planGone(hour, lo, hi, facts, fits);
    if (facts.isDirty(hour) || tierMs === undefined) return [rawPiece(lo, hi)];
    if (whole && fits(hourMs)) return [hourPiece(hour, false, false)];
    const [first, last] = [Math.ceil(lo / tierMs) * tierMs, Math.floor(hi / tierMs) * tierMs];
    if (first >= last) return [rawPiece(lo, hi)];
    const rolled: Piece = { tierMs, from: first, to: last, coarse: false, widened: false };
    return [rawPiece(lo, first), rolled, rawPiece(last, hi)].filter((piece) => piece.from < piece.to);
  });
}

/** An hour whose raw windows are gone: the finest tier left decides how far edges are widened. */
function planGone(hour: number, lo: number, hi: number, facts: TierFacts, fits: (tierMs: number) => boolean): Piece[] {
  const whole = lo === hour && hi === hour + hourMs;
  if (hour < facts.site1mFloor) return [hourPiece(hour, true, !whole)];
  // A whole hour asked for in whole hours needs no minutes, though they are there.
  if (whole && fits(hourMs)) return [hourPiece(hour, false, false)];
  const [from, to] = [Math.floor(lo / minuteMs) * minuteMs, Math.ceil(hi / minuteMs) * minuteMs];
  const fives = fits(fiveMinutesMs) && from % fiveMinutesMs === 0 && to % fiveMinutesMs === 0;
  const tierMs = fives ? fiveMinutesMs : minuteMs;
  return [{ tierMs, from, to, coarse: !fives, widened: from !== lo || to !== hi }];
}

function hourPiece(hour: number, coarse: boolean, widened: boolean): Piece {
  return { tierMs: hourMs, from: hour, to: hour + hourMs, coarse, widened };
}

function rawPiece(from: number, to: number): Piece {
  return { tierMs: 0, from, to, coarse: false, widened: false };
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
        last.tierMs === piece.tierMs &&
        last.coarse === piece.coarse &&
        last.widened === piece.widened;
      if (joins) pieces[pieces.length - 1] = { ...last, to: piece.to };
      else pieces.push(piece);
    }
  }
  return pieces;
}
