import { expect, test } from 'vitest';
import { traceHoldSchema } from '@/lib/query/api/trace-hold';
import { searchTrace } from '@/lib/query/trace/search';
import { tileOf } from '@/lib/query/trace/tile';
import type { TraceView } from '@/lib/query/trace/trace-view';
import { waitDetail } from '@/lib/query/trace/wait-detail';
import { recordedTrace } from '@/tests/support/recorded-trace';
import { readHold } from './read-hold';

const readerOf = (view: TraceView) => ({
  tile: async (_: string, query: Parameters<typeof tileOf>[1]) => tileOf(view, query),
  wait: async (_: string, wait: number) => waitDetail(view, wait),
  search: async (_: string, query: string, offset: number) => searchTrace(view, query, { offset }),
});

/** Every hold of every lock, by what `readHold` is asked with. */
function holdsOf(view: TraceView) {
  const { holds, head } = view.kept;
  return Array.from({ length: holds.count }, (_, hold) => {
    const end = holds.endNs[hold] ?? Number.NaN;
    return {
      hold,
      lock: head.locks[holds.lock[hold] ?? -1]?.id ?? '',
      goroutine: view.id(holds.goroutine[hold] ?? 0),
      endNs: Math.floor(Number.isNaN(end) ? head.durationNs : end),
      woke: holds.woke[hold] ?? 0,
      ended: view.kept.waits.hold.filter((by) => by === hold).length,
    };
  });
}

test.each(['truth-go1.26', 'eight-locks-go1.26', 'locks-go1.23'])(
  '%s: a hold is found again by its holder and end, with the waits that it ended and both of its stacks',
  async (name) => {
    const { view } = recordedTrace(name);
    const all = holdsOf(view);
    expect(all.length).toBeGreaterThan(10);
    const step = Math.ceil(all.length / 40);
    for (const { hold, woke, ended, ...asked } of all.filter((_, index) => index % step === 0)) {
      const found = await readHold(readerOf(view), '', asked);
      expect(found).toMatchObject({ goroutine: asked.goroutine, lockId: asked.lock, woke });
      if (!found.released) continue;
      expect(found.woken).toHaveLength(Math.min(ended, 20));
      for (const { wait } of found.woken) expect(view.kept.waits.hold[wait]).toBe(hold);
      expect(found.releaseStack?.length).toBeGreaterThan(0);
      const certain = found.endNs - found.certainNs;
      expect(found.parts.reduce((sum, { ns }) => sum + ns, 0)).toBeCloseTo(certain, 0);
      expect(found.acquired !== undefined).toBe(found.start === 'exact');
      if (found.acquired !== undefined) expect(found.acquired.wait.goroutine).toBe(asked.goroutine);
    }
  },
);

test('the document is what its schema says, field for field', async () => {
  const { view } = recordedTrace('truth-go1.26');
  const exact = holdsOf(view).find(({ hold }) => view.kept.holds.start[hold] === 0);
  if (exact === undefined) throw new Error('the recording has an exact hold');
  const found = await readHold(readerOf(view), '', exact);
  const sent: unknown = JSON.parse(JSON.stringify({ schema: 'lockscope/trace-hold/v1', ...found }));
  expect(traceHoldSchema.parse(sent)).toEqual(sent);
});

test('a time at which the goroutine ends no hold is refused', async () => {
  const { view } = recordedTrace('truth-go1.26');
  const [first] = holdsOf(view);
  if (first === undefined) throw new Error('the recording has a hold');
  await expect(readHold(readerOf(view), '', { ...first, endNs: first.endNs + 7 })).rejects.toMatchObject({
    code: 'trace.no-hold',
  });
});
