import { parkFrames } from '@/lib/locktrace/park-frames';
import { framesOfStack } from '@/lib/profile/frame';
import type { Profile } from '@/lib/profile/profile';

const lockFunctions = /^(?:internal\/)?sync\.\(\*(?:RW)?Mutex\)\./;

/** How many goroutines of a goroutine profile are parked inside a Mutex or RWMutex, a Once's and a Map's included. */
export function lockWaiters(profile: Profile): number {
  const [counts] = profile.samples.values;
  let waiting = 0;
  for (const [sample, stack] of profile.samples.stack.entries()) {
    const functions = framesOfStack(profile, stack).map((frame) => frame.function);
    const parked = parkFrames(functions);
    // Go 1.24's Mutex.Lock is a frame that only parks: its caller in package sync tells the lock.
    if (parked > 0 && lockFunctions.test(functions[parked] ?? '')) waiting += counts?.[sample] ?? 0;
  }
  return waiting;
}
