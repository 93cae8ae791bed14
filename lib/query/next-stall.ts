import type { UnixMs } from '@/lib/units';
import { unixMs } from '@/lib/units';
import type { Stalls } from './result';

/** A stall that is expected, from those before it. */
export interface ExpectedStall {
  /** Start of the bucket in which it is expected to end. */
  readonly at: UnixMs;
  readonly everySeconds: number;
}

/**
 * The next stall of a lock whose stalls keep a beat: its newest start plus whole periods, the first at or after `now`.
 * Undefined without a period, and when the newest is more than three periods ago: the beat has stopped.
 */
export function nextStall(stalls: Pick<Stalls, 'starts' | 'everySeconds'>, now: UnixMs): ExpectedStall | undefined {
  const { everySeconds } = stalls;
  const last = stalls.starts.at(-1);
  if (everySeconds === undefined || last === undefined) return undefined;
  const everyMs = everySeconds * 1_000;
  if (now - last > 3 * everyMs) return undefined;
  const periods = Math.max(1, Math.ceil((now - last) / everyMs));
  return { at: unixMs(last + periods * everyMs), everySeconds };
}
