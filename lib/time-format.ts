/** Instants and ranges in UTC, 24 hours. Every function takes milliseconds since 1970 and reads no clock. */
import { formatDuration } from './units-format';

const space = '\u00a0';

/** `14:23:10`. */
export function formatTime(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** `14:23`, for axes whose steps are whole minutes. */
export function formatMinute(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** `2026-11-24`. */
export function formatDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** `2026-11-24 14:23:10 UTC`: where no other time stands beside it. */
export function formatInstant(at: number): string {
  return `${formatDate(at)}${space}${formatTime(at)}${space}UTC`;
}

/** `14:23:10 – 14:30:00`, with dates when the two ends lie on different days. */
export function formatSpan(from: number, to: number): string {
  if (formatDate(from) === formatDate(to)) return `${formatTime(from)} – ${formatTime(to)}`;
  return `${formatDate(from)} ${formatMinute(from)} – ${formatDate(to)} ${formatMinute(to)}`;
}

/** `8 s ago`, `just now` within a second; takes the page's own now. */
export function formatAge(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 1) return 'just now';
  return `${formatDuration(seconds)} ago`;
}

/** The parameters of a relative range in words: `last 1 h`; undefined for any other. */
export function relativeRangeName(from: string, to: string): string | undefined {
  const match = /^now-(\d+)([smhdw])$/.exec(from);
  if (match === null || to !== 'now') return undefined;
  return `last ${match[1]}${space}${match[2]}`;
}

/**
 * Instants for an axis: multiples of the smallest round step that gives at most `most` of them, with their
 * place in the range as a share 0..1.
 */
export function axisTicks(
  from: number,
  to: number,
  most: number,
): { readonly at: number; readonly share: number; readonly text: string }[] {
  const steps = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 604_800,
  ];
  const span = to - from;
  const step = (steps.find((seconds) => span / (seconds * 1000) <= most) ?? 2_592_000) * 1000;
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) {
    const text = step >= 86_400_000 ? formatDate(at).slice(5) : step >= 60_000 ? formatMinute(at) : formatTime(at);
    ticks.push({ at, share: (at - from) / span, text });
  }
  return ticks;
}
