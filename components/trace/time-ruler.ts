import { formatDuration } from '@/lib/units-format';
import { spanOf, type TimeWindow } from './time-window';

export interface RulerTick {
  readonly atNs: number;
  readonly text: string;
}

/**
 * Round instants of a window, counted from `originNs`: at most `most`, the smallest step of 1, 2 or 5 times a power of
 * ten. The origin reads `0`, later instants `+100 ms`, earlier ones `−100 ms`.
 */
export function rulerTicks(window: TimeWindow, originNs: number, most: number): readonly RulerTick[] {
  const least = spanOf(window) / most;
  const decade = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * decade).find((each) => each >= least) ?? 10 * decade;
  const first = Math.ceil((window.fromNs - originNs) / step);
  const last = Math.floor((window.toNs - originNs) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const ns = (first + index) * step;
    return { atNs: originNs + ns, text: relativeText(ns) };
  });
}

/** `0`, `+733 ms`, `−8.1 µs`. */
export function relativeText(ns: number): string {
  if (Math.abs(ns) < 0.5) return '0';
  return `${ns > 0 ? '+' : '−'}${formatNs(Math.abs(ns))}`;
}

/** A duration in ns as people read it; null = not known. */
export function formatNs(ns: number | null | undefined): string {
  return formatDuration(ns === null || ns === undefined ? ns : ns / 1e9);
}
