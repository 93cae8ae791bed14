import { type UnixMs, unixMs } from '@/lib/units';
import type { Stalls } from './result';

/** A stall that is expected, from those before it. */
export interface ExpectedStall {
  /** Start of the bucket that is expected to tell of it. */
  readonly at: UnixMs;
  readonly everySeconds: number;
  /** How far off `at` may be: a bucket over the beats between the first and the newest stall. */
  readonly errorMs: number;
}

/**
 * The next stall of a lock whose stalls keep a beat: its newest start plus whole periods, the first at or after `now`.
 * The period is the mean from the first to the newest start, which buckets of `stepMs` blur less than a single gap.
 * Undefined without a period, and when the newest is more than three periods ago: the beat has stopped.
 */
export function nextStall(
  { starts, everySeconds }: Pick<Stalls, 'starts' | 'everySeconds'>,
  stepMs: number,
  now: UnixMs,
): ExpectedStall | undefined {
  const [first] = starts;
  const last = starts.at(-1);
  if (everySeconds === undefined || first === undefined || last === undefined) return undefined;
  const beats = Math.max(1, Math.round((last - first) / (everySeconds * 1_000)));
  const everyMs = last === first ? everySeconds * 1_000 : (last - first) / beats;
  if (now - last > 3 * everyMs) return undefined;
  const periods = Math.max(1, Math.ceil((now - last) / everyMs));
  return { at: unixMs(last + periods * everyMs), everySeconds: everyMs / 1_000, errorMs: stepMs / beats };
}
