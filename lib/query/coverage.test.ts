import { expect, test } from 'vitest';
import { MemorySampleStore } from '@/lib/store/memory';
import { unixMs } from '@/lib/units';
import { batchOf, hour0, minute, second } from '@/tests/conformance/batches';
import { queryCoverage } from './coverage';

/** Pod a sends for ten minutes, b five seconds later than a, and c only for the first five. */
async function rolledOut(): Promise<MemorySampleStore> {
  const store = new MemorySampleStore();
  const windows = (pod: string, delay: number, length: number) =>
    Array.from({ length: length / (10 * second) }, (_, index) => ({
      start: hour0 + delay + index * 10 * second,
      wallMs: 10 * second,
      labels: { service_name: 'api', pod },
      rows: { 'cache.Get<main.main': [1, 100] as const },
    }));
  await store.write(
    batchOf(...windows('a', 0, 10 * minute), ...windows('b', 5 * second, 10 * minute), ...windows('c', 0, 5 * minute)),
  );
  return store;
}

async function podsUntil(store: MemorySampleStore, to: number): Promise<{ seen: number; reporting: number }> {
  const range = { from: unixMs(hour0), to: unixMs(to), live: false, text: { from: '', to: '' } };
  const { pods, reporting } = await queryCoverage(store, 'api', { range, matchers: [] });
  return { seen: pods.length, reporting };
}

test('a pod that stopped was seen in the range and no longer reports', async () => {
  const store = await rolledOut();
  expect(await podsUntil(store, hour0 + 10 * minute)).toEqual({ seen: 3, reporting: 2 });
  expect(await podsUntil(store, hour0 + 30 * minute)).toEqual({ seen: 3, reporting: 2 });
});

test('in a range that ended while it still sent, it reports', async () => {
  expect(await podsUntil(await rolledOut(), hour0 + 4 * minute)).toEqual({ seen: 3, reporting: 3 });
});
