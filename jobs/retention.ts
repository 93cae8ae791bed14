import { statfs } from 'node:fs/promises';
import { every } from '@/jobs/every';
import type { RetentionPolicy, SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';

/** Ten minutes: small deletions often, so that none takes long. */
const everyMs = 600_000;
/** How often the disk is looked at between them. */
const lookEveryMs = 60_000;
/** Below this share of free space retention does not wait for its turn. */
const lowShare = 0.05;

/** Deletes what is older than the policy keeps and gives the space back; sooner when the disk of `dir` is nearly full. */
export function retentionJob(store: Pick<SampleStore, 'retain'>, policy: RetentionPolicy, dir: string) {
  let lastMs = Number.NEGATIVE_INFINITY;
  return every('retention', lookEveryMs, async () => {
    const now = Date.now();
    if (now - lastMs < everyMs && !(await isNearlyFull(dir))) return;
    lastMs = now;
    const { windows, rollups, bytesFreed } = await store.retain(unixMs(now), policy);
    if (windows + rollups > 0) {
      console.log(`retention: ${windows} windows and ${rollups} roll-ups deleted, ${bytesFreed} bytes given back`);
    }
  });
}

async function isNearlyFull(dir: string): Promise<boolean> {
  const { bavail, blocks } = await statfs(dir);
  return bavail < blocks * lowShare;
}
