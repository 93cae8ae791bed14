import { LockscopeError } from '@/lib/errors';
import type { UnixMs } from '@/lib/units';

/** What a request costs in memory beside its body: socket, headers, decoded windows. */
export const requestOverheadBytes = 16 * 1_024;

export interface Budget {
  /** Takes memory for `bytes` more; throws `ingest.shed` when that would exceed the limit. */
  reserve(bytes: number): void;
  release(bytes: number): void;
  /** Books an accepted body against the rate; throws `ingest.rate` when the bucket is empty. */
  spend(bytes: number, now: UnixMs): void;
  readonly inFlightBytes: number;
}

/**
 * Bounds what all requests hold at one time and, as a token bucket averaged over 10 s, how fast bodies come in.
 * pyroscope-go never repeats a refused profile, so both limits stand far above what one server can store:
 * shedding is the last resort before memory runs out.
 */
export function createBudget(limits: { readonly inFlightBytes: number; readonly bytesPerSecond: number }): Budget {
  let held = 0;
  let tokens = limits.bytesPerSecond * 10;
  let filledAt: number | undefined;
  return {
    reserve(bytes) {
      if (held + bytes > limits.inFlightBytes) {
        throw new LockscopeError('ingest.shed', `${held} bytes of profiles are being stored; try again later`);
      }
      held += bytes;
    },
    release(bytes) {
      held -= bytes;
    },
    spend(bytes, now) {
      const passedMs = Math.max(0, now - (filledAt ?? now));
      filledAt = now;
      tokens = Math.min(limits.bytesPerSecond * 10, tokens + (passedMs / 1_000) * limits.bytesPerSecond);
      if (tokens < bytes) {
        throw new LockscopeError('ingest.rate', `more than ${limits.bytesPerSecond} bytes of profiles a second`);
      }
      tokens -= bytes;
    },
    get inFlightBytes() {
      return held;
    },
  };
}
