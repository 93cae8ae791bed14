import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { retentionJob } from '@/jobs/retention';
import { defaultRetention } from '@/lib/store/retention-defaults';

const disk = vi.hoisted(() => ({ free: 50 }));
vi.mock('node:fs/promises', () => ({ statfs: async () => ({ bavail: disk.free, blocks: 100 }) }));

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('runs a minute after the start, then every ten, and each minute while the disk is nearly full', async () => {
  const runs: number[] = [];
  const store = {
    retain: async (now: number) => {
      runs.push(now / 60_000);
      return { windows: 0, rollups: 0, bytesFreed: 0 };
    },
  };
  const job = retentionJob(store, defaultRetention, tmpdir());
  job.start();
  await vi.advanceTimersByTimeAsync(12.5 * 60_000);
  expect(runs).toEqual([1, 11]);
  disk.free = 4;
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  await job.stop();
  expect(runs).toEqual([1, 11, 13, 14]);
});
