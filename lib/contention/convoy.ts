import { sumOf } from './group';
import type { SiteRow } from './input';

/** Mean waits of a RWMutex's three ways to wait, in ns; undefined where nobody waited that way. */
export interface WaitMeans {
  readonly readers: number | undefined;
  /** Writers that let earlier readers drain. */
  readonly draining: number | undefined;
}

export function waitMeans(waits: readonly SiteRow[]): WaitMeans {
  return { readers: meanOf(waits, 'RWMutex.RLock'), draining: meanOf(waits, 'RWMutex.Lock (readers drain)') };
}

function meanOf(rows: readonly SiteRow[], kind: string): number | undefined {
  const { count, value } = sumOf(rows.filter((row) => row.site.kind === kind));
  return count > 0 ? value / count : undefined;
}

/**
 * True for a pending-writer convoy (R3): readers queue behind a writer that itself only waits for a slow reader, so
 * they wait about as long as it does. The unlock that frees them belongs to the innocent writer; the slow reader
 * shows in the RUnlock that frees the writer. When all readers queue at once the means agree (within 25 %); readers
 * that arrive evenly over the stall wait half as long as the writer. RUnlock wake-ups, each of which frees one
 * writer, are few against the readers.
 */
export function isPendingWriterConvoy(waits: readonly SiteRow[], holds: readonly SiteRow[]): boolean {
  const { readers, draining } = waitMeans(waits);
  if (readers === undefined || draining === undefined) return false;
  const drained = sumOf(holds.filter((row) => row.site.kind === 'RWMutex.RUnlock'));
  const readerWaits = sumOf(waits.filter((row) => row.site.kind === 'RWMutex.RLock'));
  if (drained.count > 0.5 * readerWaits.count) return false;
  const ratio = draining / readers;
  return ratio >= 0.8 && ratio <= 2.5;
}

/** Below this mean wait a RWMutex is busy, not stalled (R7), in ns. */
const stallMean = 5e6;

/**
 * True for a long write under a RWMutex (R1): readers wait 5 ms or more on average, one or more of them at any time
 * (when the length is known), a writer's unlock frees them, and that writer did not itself wait for readers.
 */
export function isLongWriter(waits: readonly SiteRow[], holds: readonly SiteRow[], avgWaiting: number | null): boolean {
  const { readers, draining } = waitMeans(waits);
  if (readers === undefined || readers < stallMean || (avgWaiting !== null && avgWaiting < 1)) return false;
  const freed = sumOf(holds.filter((row) => row.site.kind === 'RWMutex.Unlock'));
  const readerWaits = sumOf(waits.filter((row) => row.site.kind === 'RWMutex.RLock'));
  if (freed.count < 0.5 * readerWaits.count) return false;
  return draining === undefined || draining < 0.5 * readers;
}
