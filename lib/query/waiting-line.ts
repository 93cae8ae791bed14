import type { Group } from '@/lib/store/port';
import type { WaitingLine } from './result';

/**
 * Goroutines waiting per bucket from groups of a delay series (ns): avg = sum of delay over sum of wall, times
 * `scale` (1 for one pod, the number of pods for all together); max = the largest native rate of one pod, over the
 * groups. Groups of one line share their windows, so wall is counted once.
 */
export function waitingLine(name: string, groups: readonly Group[], buckets: number, scale: number): WaitingLine {
  const avg: (number | null)[] = [];
  const max: (number | null)[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    let delayNs = 0;
    let wallMs = 0;
    let rate = 0;
    for (const group of groups) {
      delayNs += group.values[bucket] ?? 0;
      wallMs = Math.max(wallMs, group.wallMs[bucket] ?? 0);
      rate = Math.max(rate, group.maxRate[bucket] ?? 0);
    }
    avg.push(wallMs === 0 ? null : (delayNs / (wallMs * 1e6)) * scale);
    max.push(wallMs === 0 ? null : rate / 1e9);
  }
  return { name, avg, max };
}

/** The largest value of a line, or null when no profile arrived. */
export function peakOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((peak, value) => (value === null ? peak : Math.max(peak ?? 0, value)), null);
}
