import { LockscopeError } from '@/lib/errors';
import { type UnixMs, unixMs } from '@/lib/units';

/** A half-open range [from, to), resolved against one `now`; `live` when its end moves with time. */
export interface TimeRange {
  readonly from: UnixMs;
  readonly to: UnixMs;
  readonly live: boolean;
  /** The two texts as they stood in the URL. */
  readonly text: { readonly from: string; readonly to: string };
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * An instant written as `now`, `now-1h`, epoch seconds / ms / µs / ns (10, 13, 16, 19 digits) or ISO 8601.
 * Throws `selection.time` naming the parameter.
 */
export function parseInstant(text: string, now: UnixMs, parameter: string): UnixMs {
  const relative = /^now(?:-(\d+)([smhdw]))?$/.exec(text);
  if (relative !== null) {
    const [, amount, unit] = relative;
    return unixMs(now - (amount === undefined || unit === undefined ? 0 : Number(amount) * (unitMs[unit] ?? 0)));
  }
  if (/^\d+$/.test(text)) {
    const scale = { 10: 1_000, 13: 1, 16: 1e-3, 19: 1e-6 }[text.length];
    if (scale !== undefined) return unixMs(Math.trunc(Number(text) * scale));
  }
  const iso = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(iso)) {
    throw new LockscopeError(
      'selection.time',
      `${parameter}: "${text}" is no instant (now, now-1h, epoch seconds, ISO 8601)`,
      {
        place: `query ${parameter}`,
      },
    );
  }
  return unixMs(iso);
}

/** Resolves `from` and `to`. Throws `selection.time` when one is no instant or the range is empty. */
export function parseRange(from: string, to: string, now: UnixMs): TimeRange {
  const range = {
    from: parseInstant(from, now, 'from'),
    to: parseInstant(to, now, 'to'),
    live: to.startsWith('now'),
    text: { from, to },
  };
  if (range.from >= range.to) {
    throw new LockscopeError('selection.time', `from (${from}) is not before to (${to})`, { place: 'query from' });
  }
  return range;
}

/** Chart step for a range: the smallest of 10 s, 15 s, 30 s, 1 m … that needs at most `points` buckets, in ms. */
export function stepFor(range: { readonly from: number; readonly to: number }, points: number): number {
  const steps = [10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
  const span = range.to - range.from;
  return (steps.find((step) => span / (step * 1_000) <= points) ?? 604_800) * 1_000;
}

/** The parameters of a range as long as `spanMs` that ends with the second in which `at` falls. */
export function rangeEndingAt(at: number, spanMs: number): { readonly from: string; readonly to: string } {
  const to = Math.ceil(at / 1_000);
  return { from: String(to - Math.ceil(spanMs / 1_000)), to: String(to) };
}
