import { waitMeans } from './convoy';
import { sumOf } from './group';
import type { Pattern } from './holders';
import type { SiteRow } from './input';
import type { LockEntry } from './lock';

/**
 * How long the lock is probably held, from mean waits (go-lock-profiles 3); undefined where no formula fits.
 * Readers that arrive evenly over a hold wait half of it, readers that all queue at once wait all of it; a saturated
 * Mutex is held for its mean wait divided by its queue.
 */
export function estimateHold(
  family: string,
  waits: readonly SiteRow[],
  pattern: Pattern | undefined,
  avgWaiting: number | null,
): LockEntry['holdSeconds'] {
  const { readers, draining } = waitMeans(waits);
  if (pattern === 'R1' && readers !== undefined) {
    return { low: readers / 1e9, high: (2 * readers) / 1e9, formula: 'W to 2 W, W = mean RLock wait' };
  }
  if (pattern === 'R3' && draining !== undefined) {
    return {
      low: draining / 1e9,
      high: (2 * draining) / 1e9,
      formula: 'W to 2 W, W = mean wait of the draining writer',
    };
  }
  const { count, value } = sumOf(waits);
  if (family === 'Mutex' && avgWaiting !== null && avgWaiting >= 2 && count > 0) {
    const hold = value / 1e9 / count / avgWaiting;
    return { low: hold, high: hold, formula: 'W / L, W = mean wait, L = goroutines waiting' };
  }
  return undefined;
}
