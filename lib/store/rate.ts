import type { Labels } from '@/lib/selection/selection';
import { type UnixMs, unixMs } from '@/lib/units';
import type { MaxRate, Window } from './port';

/** Rates are stored as integers below this. */
export const rateCap = 2 ** 63;

/**
 * The native rate of one window: value per second of wall time, rounded up so that the maximum is never below the
 * average (delay: ns per s). An instant's value is a state, so it is its own rate.
 * Order of operations is fixed, so that every engine finds the same integer.
 */
export function nativeRate(kind: Window['kind'], value: number, wallMs: number): number {
  if (kind === 'instant') return value;
  return Math.min(Math.ceil((value / wallMs) * 1000), rateCap);
}

/** A maximum on its way: one series' busiest native window so far. */
export interface Peak {
  rate: number;
  at: number;
  wallMs: number;
  labels: Labels;
}

/** True when the first is the one to show: higher, then earlier, then by labels. */
export function isHigherPeak(
  rate: number,
  at: number,
  labels: Labels,
  than: Pick<Peak, 'rate' | 'at' | 'labels'>,
): boolean {
  if (rate !== than.rate) return rate > than.rate;
  if (at !== than.at) return at < than.at;
  return labels !== than.labels && labelsKey(labels) < labelsKey(than.labels);
}

export function toMaxRate(peak: Peak): MaxRate {
  return { rate: peak.rate, at: unixMs(peak.at) satisfies UnixMs, wallMs: peak.wallMs, labels: peak.labels };
}

/** Labels as canonical text: equal labels, equal text. */
export function labelsKey(labels: Labels): string {
  return JSON.stringify(labels);
}
