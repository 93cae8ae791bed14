import { openSampleStore } from '@/lib/store/open';
import { unixMs } from '@/lib/units';
import { batchOf, hour0 } from './batches';

/**
 * A process to be killed: writes one window after another (each a batch of its own) and prints the start of each once
 * it was acknowledged. With `work` = roll-up or retention
 * it does that in a loop as well.
 */
const [dir = '', work = 'write', from = '0'] = process.argv.slice(2);
const store = await openSampleStore({ dir, reserveBytes: 0 });
process.stdout.write('open\n');

let last = hour0;

async function write(): Promise<void> {
  for (let index = Number(from); ; index += 8) {
    const starts = Array.from({ length: 8 }, (_, lane) => hour0 + (index + lane) * 10_000);
    await Promise.all(
      starts.map(async (start) => {
        const rows = { 'cache.Get<api.handle': [1, 10], 'cache.Put<api.handle': [2, 20] } as const;
        const { stored } = await store.write(batchOf({ start, rows }));
        if (stored === 1) process.stdout.write(`${start}\n`);
        last = Math.max(last, start);
      }),
    );
  }
}

/** Follows the writer: raw windows are kept for an hour before the newest, so most of them are cut. */
async function maintain(): Promise<void> {
  const policy = { rawMs: 3_600_000, site1mMs: 1e10, stack1hMs: 1e10, site1hMs: 1e10 };
  for (;;) {
    if (work === 'roll-up') await store.rollUp(unixMs(last));
    if (work === 'retention') await store.retain(unixMs(last), policy);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

await Promise.all(work === 'write' ? [write()] : [write(), maintain()]);
