import { every } from '@/jobs/every';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';

/** Half a minute: a closed minute is rolled up before the next one closes. */
const everyMs = 30_000;
/** What was left to do when the server stopped is done soon after the start. */
const firstMs = 2_000;

/** Recomputes the roll-ups of closed buckets that changed. */
export function rollUpJob(store: Pick<SampleStore, 'rollUp'>) {
  const rollUp = async () => void (await store.rollUp(unixMs(Date.now())));
  return every('roll-up', everyMs, rollUp, firstMs);
}
