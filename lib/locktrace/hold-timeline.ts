import type { Trace } from '@/lib/gotrace/trace';
import type { BurstTable } from './burst-table';
import { type Waits, waitFlag } from './lock-trace';

/**
 * What is told of holders, in order of time: rows of `waits` at their acquisition, out of `lockRows`, and `waits.count +
 * burst` at a release. Of one time a release comes first: it hands over. O(n log n).
 */
export function holdTimeline(waits: Waits, lockRows: Uint32Array, { atNs, count }: BurstTable): Uint32Array {
  const acquired = lockRows.filter((row) => !Number.isNaN(waits.acquiredNs[row]));
  const steps = new Uint32Array(acquired.length + count);
  const times = new Float64Array(steps.length);
  for (let index = 0; index < count; index += 1) {
    steps[index] = waits.count + index;
    times[index] = atNs.at(index);
  }
  steps.set(acquired, count);
  for (let index = count; index < steps.length; index += 1) times[index] = acquisitionNs(waits, steps[index] ?? 0);
  const order = Uint32Array.from(steps, (_, index) => index);
  order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  return order.map((index) => steps[index] ?? 0);
}

/** A handed-over mutex is owned from the wake-up on, any other lock from when its goroutine runs. */
export function acquisitionNs(waits: Waits, row: number): number {
  // A writer that drained after it was handed the writers' mutex was woken by a reader.
  const handed = ((waits.flags[row] ?? 0) & waitFlag.handoff) !== 0 && Number.isNaN(waits.drainEndNs[row]);
  return (handed ? waits.grantedNs[row] : waits.acquiredNs[row]) ?? 0;
}

/** Where generations are missing. */
export function gapsOf({ generations }: Trace): { readonly fromNs: number; readonly toNs: number }[] {
  return generations.flatMap((next, index) => {
    const before = generations[index - 1];
    if (before === undefined || next.number === before.number + 1) return [];
    return [{ fromNs: before.endNs, toNs: next.startNs }];
  });
}
