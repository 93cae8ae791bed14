/** A part of a trace in ns since its start, half-open. */
export interface TimeWindow {
  readonly fromNs: number;
  readonly toNs: number;
}

/** Go's clock has steps of 16 to 64 ns; nothing is seen below. */
export const shortestNs = 1_000;

export const spanOf = ({ fromNs, toNs }: TimeWindow): number => toNs - fromNs;

/** The window inside [0, durationNs): moved rather than cut where it fits, and never shorter than a microsecond. */
export function clampWindow(window: TimeWindow, durationNs: number): TimeWindow {
  const span = Math.min(durationNs, Math.max(shortestNs, spanOf(window)));
  const fromNs = Math.min(Math.max(0, window.fromNs), durationNs - span);
  return { fromNs, toNs: fromNs + span };
}

/** `factor` < 1 shows less time; the instant at `share` of the width keeps its place. */
export function zoomWindow(window: TimeWindow, factor: number, share: number, durationNs: number): TimeWindow {
  const span = Math.min(durationNs, Math.max(shortestNs, spanOf(window) * factor));
  const at = window.fromNs + share * spanOf(window);
  const fromNs = at - share * span;
  return clampWindow({ fromNs, toNs: fromNs + span }, durationNs);
}

/** Moves by a share of what is shown; positive = later. */
export function panWindow(window: TimeWindow, share: number, durationNs: number): TimeWindow {
  const by = share * spanOf(window);
  return clampWindow({ fromNs: window.fromNs + by, toNs: window.toNs + by }, durationNs);
}

/** The window with a margin on both sides, as a stall or a hold is shown. */
export function around(window: TimeWindow, margin: number, durationNs: number): TimeWindow {
  const by = margin * spanOf(window);
  return clampWindow({ fromNs: window.fromNs - by, toNs: window.toNs + by }, durationNs);
}

export const sameWindow = (a: TimeWindow, b: TimeWindow): boolean =>
  Math.abs(a.fromNs - b.fromNs) < 1 && Math.abs(a.toNs - b.toNs) < 1;
