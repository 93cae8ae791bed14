import { every } from '@/jobs/every';
import type { RetentionPolicy, SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';

/** Ten minutes: small deletions often, so that none takes long. */
const everyMs = 600_000;

/** Deletes what is older than the policy keeps and gives the space back. */
export function retentionJob(store: Pick<SampleStore, 'retain'>, policy: () => RetentionPolicy) {
  return every('retention', everyMs, async () => {
    const { windows, rollups, bytesFreed } = await store.retain(unixMs(Date.now()), policy());
    if (windows + rollups > 0)
      console.log(`retention: ${windows} windows, ${rollups} roll-ups, ${bytesFreed} bytes freed`);
  });
}
