/** The two texts of a range as they go into the URL. */
export interface RangeText {
  readonly from: string;
  readonly to: string;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly live: boolean;
}

const seconds = (ms: number): string => String(Math.round(ms / 1000));

/** The range moved by half its length; `direction` -1 = earlier. It never ends after `now`, and becomes absolute. */
export function shiftRange(range: Range, direction: -1 | 1, now: number): RangeText {
  const span = range.to - range.from;
  const to = Math.min(now, range.to + (direction * span) / 2);
  return { from: seconds(to - span), to: seconds(to) };
}

/**
 * The range made `factor` times as long: around its middle, or, when live, back from now and still live.
 * At least 10 s (a shorter one holds no window), at most 400 days, never beyond `now`.
 */
export function zoomRange(range: Range, factor: number, now: number): RangeText {
  const span = Math.min(Math.max((range.to - range.from) * factor, 10_000), 400 * 86_400_000);
  if (range.live) return { from: `now-${Math.round(span / 1000)}s`, to: 'now' };
  const middle = (range.from + range.to) / 2;
  const to = Math.min(now, middle + span / 2);
  return { from: seconds(to - span), to: seconds(to) };
}

/** Both ends as epoch seconds: the form a copied link carries. */
export function absoluteRange(range: { readonly from: number; readonly to: number }): RangeText {
  return { from: seconds(range.from), to: seconds(range.to) };
}
