import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { batchOf, hour, hour0, lockId, minute, second, selectionOf, siteId, type WindowText } from './batches';
import { withStore } from './engine';

const stacks = ['cache.Get<a.x', 'cache.Get<a.y', 'cache.Put<a.x', 'db.Query:7', 'db.Query:9<a.x'];
// Sums stay below 2^53, so that they are exact in any order of adding (case 50 is about larger ones).
const number = fc.oneof(fc.nat(3), fc.nat(1_000_000), fc.nat(2 ** 45));
const windowText: fc.Arbitrary<WindowText> = fc.record({
  start: fc.nat(3 * 3_600).map((at) => hour0 + at * second),
  wallMs: fc.constantFrom(10 * second, 15 * second, 60 * second),
  labels: fc.record({ pod: fc.constantFrom('a', 'b', 'c'), build: fc.constantFrom('v1', 'v2') }),
  rows: fc.dictionary(fc.constantFrom(...stacks), fc.tuple(number, number)),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.array(windowText, { maxLength: 12 }).map((windows) => ({ write: windows })) },
  { weight: 1, arbitrary: fc.nat(4).map((hours) => ({ rollUp: hour0 + hours * hour + minute })) },
  {
    weight: 1,
    arbitrary: fc.record({ from: fc.nat(180), length: fc.nat(60) }).map(({ from, length }) => ({
      remove: { from: hour0 + from * minute, to: hour0 + (from + length) * minute },
    })),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function run(store: SampleStore, steps: readonly Step[]): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const one of steps) {
    if ('write' in one) results.push(await store.write(batchOf(...one.write)));
    else if ('remove' in one) results.push(await store.remove(selectionOf(one.remove)));
    else await store.rollUp(unixMs(one.rollUp));
    // Asked after every step, so that what a reader remembers has a chance to be out of date.
    for (const range of [{}, { from: hour0 + 17 * minute, to: hour0 + 2 * hour }]) {
      results.push(await store.merged(selectionOf(range)));
      results.push(await store.hotspots(selectionOf(range), { level: 'lock', by: 'maxRate', limit: 9 }));
    }
  }
  return results;
}

async function ask(store: SampleStore, from: number, to: number, steps: readonly number[]): Promise<unknown[]> {
  const selection = selectionOf({ from, to });
  const answers: unknown[] = [
    await store.merged(selection),
    await store.merged(selection, { maxStacks: 2, sites: [lockId('cache'), siteId('db.Query:7')] }),
    await store.listSeries(selection, { limit: 100 }),
    await store.labelValues(selection, 'pod', { limit: 100 }),
  ];
  for (const level of ['site', 'lock'] as const) {
    for (const by of ['value', 'count', 'maxRate'] as const) {
      answers.push(await store.hotspots(selection, { level, by, limit: 2 }));
    }
  }
  for (const stepMs of steps) {
    answers.push(await store.series(selection, { groupBy: ['pod'], stepMs }));
    answers.push(await store.series(selection, { groupBy: ['build'], stepMs, perSite: true }));
    answers.push(
      await store.series(selection, { groupBy: [], stepMs, sites: [lockId('cache'), lockId('db')], perSite: true }),
    );
  }
  return answers;
}

test('SQLite answers what memory answers, whatever was written, rolled up and removed', {
  timeout: 120_000,
}, async () => {
  const range = fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.array(range, { maxLength: 2 }), async (steps, ranges) => {
      await withStore('memory', async (memory) => {
        await withStore('sqlite', async (sqlite) => {
          expect(await run(sqlite.store, steps)).toEqual(await run(memory.store, steps));
          for (const [from, to] of [[0, 240] as const, ...ranges]) {
            const [lo, hi] = [hour0 + from * minute, hour0 + to * minute];
            const steps = [90 * second, 2 * minute, 10 * minute, hour];
            expect(await ask(sqlite.store, lo, hi, steps)).toEqual(await ask(memory.store, lo, hi, steps));
          }
        });
      });
    }),
    { numRuns: 60 },
  );
});

test('whole hours are answered from roll-ups alone as they were from raw windows', { timeout: 120_000 }, async () => {
  const hours = fc.tuple(fc.nat(3), fc.nat(3)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
  const keptMs = { rawMs: hour, site1mMs: 1e10, stack1hMs: 1e10, site1hMs: 1e10 };
  await fc.assert(
    fc.asyncProperty(fc.array(windowText, { maxLength: 30 }), hours, async (windows, [from, to]) => {
      await withStore('memory', async (memory) => {
        await withStore('sqlite', async (sqlite) => {
          for (const { store } of [memory, sqlite]) await store.write(batchOf(...windows));
          await sqlite.store.retain(unixMs(hour0 + 10 * hour), keptMs);
          expect((await sqlite.store.stats()).windows).toBe(0);
          const [lo, hi, steps] = [hour0 + from * hour, hour0 + to * hour, [minute, 5 * minute, 30 * minute, hour]];
          expect(await ask(sqlite.store, lo, hi, steps)).toEqual(await ask(memory.store, lo, hi, steps));
        });
      });
    }),
    { numRuns: 40 },
  );
});
