import { expect, test } from 'vitest';
import { MemorySampleStore } from '@/lib/store/memory';
import { unixMs } from '@/lib/units';
import { inTurn } from './in-turn';
import type { SampleReads } from './scope';

const selection = { type: {}, matchers: [], from: unixMs(0), to: unixMs(1) };

test('the next read begins when the one before has ended, well or not', async () => {
  const said: string[] = [];
  const memory = new MemorySampleStore();
  const slow: SampleReads = {
    hotspots: () => Promise.reject(new Error('busy')),
    series: (...asked) => memory.series(...asked),
    listSeries: async (...asked) => {
      said.push('begins');
      await new Promise((resolve) => setTimeout(resolve, 5));
      said.push('ends');
      return memory.listSeries(...asked);
    },
  };
  const reads = inTurn(slow);
  const failed = expect(reads.hotspots(selection, { level: 'site', by: 'value', limit: 1 })).rejects.toThrow('busy');
  const [first, second] = await Promise.all([
    reads.listSeries(selection, { limit: 1 }),
    reads.listSeries(selection, { limit: 1 }),
  ]);
  await failed;
  expect(said).toEqual(['begins', 'ends', 'begins', 'ends']);
  expect([first.total, second.total]).toEqual([0, 0]);
});
