import { siteOfStack } from '@/lib/contention/site';
import { parkFrames } from '@/lib/locktrace/park-frames';
import { framesOfStack } from '@/lib/profile/frame';
import type { Profile } from '@/lib/profile/profile';
import type { SiteId } from '@/lib/profile/site';

const lockFunctions = /^(?:internal\/)?sync\.\(\*(?:RW)?Mutex\)\./;

/** One lock: the lock rows that its wait sites add up to, and the functions to look through when finding a site. */
export interface OneLock {
  readonly rows: ReadonlySet<SiteId>;
  readonly wrappers: readonly string[];
}

/**
 * How many goroutines of a goroutine profile are parked inside a Mutex or RWMutex, a Once's and a Map's included; of one
 * lock alone when `only` names it.
 */
export function lockWaiters(profile: Profile, only?: OneLock): number {
  const [counts] = profile.samples.values;
  let waiting = 0;
  for (const [sample, stack] of profile.samples.stack.entries()) {
    const frames = framesOfStack(profile, stack);
    const functions = frames.map((frame) => frame.function);
    const parked = parkFrames(functions);
    // Go 1.24's Mutex.Lock is a frame that only parks: its caller in package sync tells the lock.
    if (parked === 0 || !lockFunctions.test(functions[parked] ?? '')) continue;
    if (only !== undefined && !only.rows.has(siteOfStack(frames.slice(parked), 'wait', only).lock.id)) continue;
    waiting += counts?.[sample] ?? 0;
  }
  return waiting;
}
