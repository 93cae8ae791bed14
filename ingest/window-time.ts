import { LockscopeError } from '@/lib/errors';
import { type UnixMs, unixMs } from '@/lib/units';

export interface WindowTime {
  readonly start: UnixMs;
  /** > 0 */
  readonly wallMs: number;
}

export interface TimeFacts {
  readonly timeNanos: bigint;
  readonly durationNanos: bigint;
  /** True when `timeNanos` is the start of the window (Go's CPU profile); every other producer writes the end. */
  readonly timeIsStart: boolean;
  /** As the protocol told it. */
  readonly from: UnixMs | undefined;
  readonly until: UnixMs | undefined;
}

const secondOf1971Ms = 31_536_000_000;

/**
 * The window a profile covers, or undefined when neither profile nor protocol tells its length.
 * A profile with a duration says it itself: CPU of Go from `time_nanos` on, everything else up to `time_nanos`;
 * one without (pyroscope-go's block, mutex, heap and goroutine) covers `from..until` of its request.
 * A `time_nanos` of 0 or in 1970 counts as not told (Pyroscope, pkg/og/convert/pprof). Source: recorded requests.
 */
export function windowTime(facts: TimeFacts): WindowTime | undefined {
  const durationMs = Math.round(Number(facts.durationNanos) / 1e6);
  const timeMs = Math.round(Number(facts.timeNanos) / 1e6);
  const timed = timeMs > secondOf1971Ms;
  if (durationMs > 0) {
    if (timed) return facts.timeIsStart ? window(timeMs, durationMs) : window(timeMs - durationMs, durationMs);
    if (facts.until !== undefined) return window(facts.until - durationMs, durationMs);
    if (facts.from !== undefined) return window(facts.from, durationMs);
    return undefined;
  }
  if (facts.from === undefined || facts.until === undefined || facts.until <= facts.from) return undefined;
  return window(facts.from, facts.until - facts.from);
}

function window(start: number, wallMs: number): WindowTime {
  return { start: unixMs(start), wallMs };
}

/** Throws `ingest.too-old` or `ingest.too-new` when the window lies outside what is stored, with both instants. */
export function checkAge(
  time: WindowTime,
  now: UnixMs,
  limits: { readonly behindMs: number; readonly aheadMs: number },
): void {
  if (time.start < now - limits.behindMs) {
    throw new LockscopeError(
      'ingest.too-old',
      `the window starts at ${instant(time.start)}; nothing before ${instant(now - limits.behindMs)} is kept`,
      { place: 'time_nanos' },
    );
  }
  if (time.start + time.wallMs > now + limits.aheadMs) {
    throw new LockscopeError(
      'ingest.too-new',
      `the window ends at ${instant(time.start + time.wallMs)}, more than ${limits.aheadMs / 1_000} s after ${instant(now)}`,
      { place: 'time_nanos' },
    );
  }
}

function instant(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `${ms} ms`;
}
