import type { TileLane, TileLock, TileWait, TraceTile } from '@/lib/query/trace/result';
import { formatPlural, formatShare, formatWaiting } from '@/lib/units-format';
import { largest } from './draw-columns';
import { queueLooks, stateName } from './lane-colours';
import { formatNs } from './time-ruler';
import { spanOf, type TimeWindow } from './time-window';

/** What a lane shows, in one sentence and from the same numbers; of a tile cut to what is seen. */

export function gcSentence({ gc: inside }: Pick<TraceTile, 'gc'>): string {
  if (inside.length === 0) return 'The garbage collector did not run here, and nothing stopped the program.';
  const parts = (
    [
      ['gc mark', 'mark phase', 'mark phases'],
      ['stw', 'pause', 'pauses'],
      ['mark assist', 'mark assist', 'mark assists'],
    ] as const
  ).flatMap(([kind, one, many]) => {
    const rows = inside.filter((range) => range.kind === kind);
    if (rows.length === 0) return [];
    const count = rows.reduce((sum, { merged }) => sum + merged, 0);
    const alone = rows.filter(({ merged }) => merged === 1).map(({ startNs, endNs }) => endNs - startNs);
    const longest = alone.length === 0 ? '' : `, the longest ${formatNs(Math.max(...alone))}`;
    return [`${formatPlural(count, one, many)}${longest}`];
  });
  return `${parts.join('; ')}.`;
}

export function queueSentence({ name, queue }: TileLock): string {
  const seen = queue
    .map(({ who, mean, max }) => ({ who, mean: average(mean), max: largest(max) }))
    .filter(({ max }) => max > 0);
  if (seen.length === 0) return `Nobody waits at ${name} here.`;
  const parts = seen.map(
    ({ who, mean, max }) =>
      `${formatPlural(max, queueLooks[who].one, queueLooks[who].name)} (${formatWaiting(mean)} on average)`,
  );
  return `At most ${parts.join(' and ')} wait at ${name}.`;
}

export function waitSentence(wait: TileWait, durationNs: number): string {
  const { goroutine, grantedNs, acquiredNs, beganBefore, unfinished, by } = wait;
  const cut = beganBefore
    ? ' or longer: it began before the trace'
    : unfinished
      ? ' and goes on when the trace ends'
      : '';
  const woken =
    grantedNs !== null && acquiredNs !== null && acquiredNs > grantedNs
      ? `, the last ${formatNs(acquiredNs - grantedNs)} of it already woken`
      : '';
  return `G${goroutine} waits ${waitLength(wait, durationNs)}${cut}${woken}${by === null ? '' : `, released by G${by}`}.`;
}

/** `732 ms`; ≥ when the trace cut it. */
export function waitLength(
  { beginNs, acquiredNs, grantedNs, beganBefore, unfinished }: TileWait,
  durationNs: number,
): string {
  const end = acquiredNs ?? grantedNs ?? durationNs;
  return `${beganBefore || unfinished ? '≥\u00a0' : ''}${formatNs(end - beginNs)}`;
}

export function laneSentence({ goroutine, bars }: TileLane, window: TimeWindow): string {
  const spent = new Map<string, number>();
  for (const { state, startNs, endNs } of bars) {
    const ns = Math.min(endNs, window.toNs) - Math.max(startNs, window.fromNs);
    if (ns > 0) spent.set(stateName(state), (spent.get(stateName(state)) ?? 0) + ns);
  }
  if (spent.size === 0) return `Nothing is known of G${goroutine} here.`;
  const parts = [...spent]
    .sort(([, a], [, b]) => b - a)
    .map(([name, ns]) => `${name} ${formatShare(ns / spanOf(window))}`);
  return `G${goroutine} in ${formatNs(spanOf(window))}: ${parts.join(', ')}.`;
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
