import { expect } from 'vitest';
import { openSampleStore } from '@/lib/store/open';
import { unixMs } from '@/lib/units';
import { collect, hotText, mergedText, seriesText } from '../answers';
import { batchOf, hour, hour0, minute, second, selectionOf, type WindowText } from '../batches';
import type { SampleCase } from '../engine';

const get = 'cache.Get<api.handle';
const day = 24 * hour;
const pod = (name: string) => ({ pod: name, service_name: 'orders' });
const fill = (windows: number, more: Partial<WindowText> = {}): WindowText[] =>
  Array.from({ length: windows }, (_, index) => ({
    start: hour0 + index * 10 * second,
    rows: { [get]: [1, 10] },
    ...more,
  }));

export const lifeCases: readonly SampleCase[] = [
  {
    number: 53,
    title: 'removes the windows of a selection, roll-ups too, and nothing else',
    async run({ store, engine }) {
      await store.write(batchOf(...fill(720, { labels: pod('a') }), ...fill(720, { labels: pod('b') })));
      await store.rollUp(unixMs(hour0 + 10 * hour));
      const ofA = selectionOf({ matchers: [{ name: 'pod', op: '=', value: 'a' }], to: hour0 + 90 * minute });
      expect(await store.remove(ofA)).toEqual({ windows: 540 });
      for (let round = 0; round < 2; round++) {
        expect((await mergedText(store))[get]).toEqual([900, 9_000]);
        expect(await hotText(store, { level: 'lock' })).toEqual({ cache: [900, 9_000, 1] });
        expect((await store.stats()).windows).toBe(900);
        await store.rollUp(unixMs(hour0 + 10 * hour));
      }
      // Raw gone, roll-ups left: they go with their series, whole hours at a time.
      const policy = { rawMs: hour, site1mMs: 14 * day, stack1hMs: 30 * day, site1hMs: 400 * day };
      if (engine === 'memory') return;
      await store.retain(unixMs(hour0 + day), policy);
      expect(await store.remove({ ...ofA, to: unixMs(hour0 + 2 * hour) })).toEqual({ windows: 180 });
      expect((await mergedText(store))[get]).toEqual([720, 7_200]);
      expect(await hotText(store, { level: 'lock' })).toEqual({ cache: [720, 7_200, 1] });
    },
  },
  {
    number: 54,
    title: 'keeps each tier its time',
    not: { memory: 'it keeps raw windows only' },
    async run({ store }) {
      const policy = { rawMs: 3 * day, site1mMs: 14 * day, stack1hMs: 30 * day, site1hMs: 400 * day };
      await store.write(batchOf(...fill(360)));
      const range = selectionOf({ to: hour0 + hour });
      const finest = async () => (await store.series(range, { groupBy: [], stepMs: 10_000 })).stepMs;
      const stacks = async () => {
        const { profile, cover } = await store.merged(range);
        return [profile.samples.length, ...cover.notes.map(({ code }) => code)].join(' ');
      };
      const sites = async () => (await store.hotspots(range, { level: 'lock', by: 'value', limit: 1 })).sites.length;
      const state = async () => [(await store.stats()).windows, await finest(), await stacks(), await sites()];
      const after: unknown[] = [];
      for (const age of [2, 4, 15, 31, 402]) {
        await store.retain(unixMs(hour0 + age * day), policy);
        after.push(await state());
      }
      expect(after).toEqual([
        [360, 10_000, '1', 1],
        [0, minute, '1', 1],
        [0, hour, '1', 1],
        [0, hour, '0 store.expired', 1],
        [0, 10_000, '0 store.expired', 0],
      ]);
      const { series, stacks: left, sites: leftSites } = await store.stats();
      expect([series, left, leftSites]).toEqual([0, 0, 0]);
      // An id that was dropped may come again; a window older than raw retention may not.
      expect(await store.write(batchOf({ start: hour0 + 401 * day, rows: { [get]: [1, 10] } }))).toMatchObject({
        stored: 1,
      });
      const tooOld = await store.write(batchOf({ start: hour0, rows: { [get]: [1, 10] } }));
      expect(tooOld.rejected.map(({ code }) => code)).toEqual(['store.window.too-old']);
    },
  },
  {
    number: 55,
    title: 'gives the space of old windows back, and shortens raw to keep under a cap',
    not: { memory: 'it has no file' },
    async run({ store }) {
      const wide = Object.fromEntries(
        Array.from({ length: 300 }, (_, index) => [`cache.Get<caller.f${index}`, [index, index * 7_919] as const]),
      );
      for (let hours = 0; hours < 6; hours++) {
        await store.write(
          batchOf(...fill(360).map((window) => ({ ...window, start: window.start + hours * hour, rows: wide }))),
        );
      }
      await store.rollUp(unixMs(hour0 + 10 * hour));
      const before = (await store.stats()).bytes;
      const policy = { rawMs: 100 * day, site1mMs: 100 * day, stack1hMs: 100 * day, site1hMs: 400 * day };
      const capped = await store.retain(unixMs(hour0 + 8 * hour), { ...policy, maxBytes: Math.floor(before / 2) });
      expect(capped.windows).toBeGreaterThan(360);
      expect(capped.windows % 360).toBe(0);
      expect((await store.stats()).bytes).toBeLessThanOrEqual(before / 2);
      const { bytesFreed } = await store.retain(unixMs(hour0 + 20 * hour), { ...policy, rawMs: hour });
      expect((await store.stats()).bytes).toBeLessThan(before / 2);
      expect(bytesFreed).toBeGreaterThan(0);
      expect((await store.merged(selectionOf())).cover.windows).toBe(6 * 360);
    },
  },
  {
    number: 56,
    title: 'an answer asked for during a removal is of before or after, never of between',
    async run({ store }) {
      await store.write(batchOf(...fill(2_000)));
      const answers = [];
      for (let round = 0; round < 10; round++) {
        answers.push(store.merged(selectionOf()));
        if (round === 5) answers.push(store.remove(selectionOf()));
        await new Promise((resolve) => setImmediate(resolve));
      }
      const seen = (await Promise.all(answers)).flatMap((answer) => ('cover' in answer ? [answer.cover.windows] : []));
      expect(seen.filter((windows) => windows !== 0 && windows !== 2_000)).toEqual([]);
      expect((await store.merged(selectionOf())).cover.windows).toBe(0);
    },
  },
  {
    number: 57,
    title: 'an answer asked for during a write holds each batch whole or not at all',
    async run({ store }) {
      const answers = [];
      for (let batch = 0; batch < 20; batch++) {
        const writing = store.write(
          batchOf(...fill(25).map((window) => ({ ...window, start: window.start + batch * hour }))),
        );
        answers.push(store.merged(selectionOf()));
        await writing;
      }
      for (const { cover } of await Promise.all(answers)) expect(cover.windows % 25).toBe(0);
      expect((await store.merged(selectionOf())).cover.windows).toBe(500);
    },
  },
  {
    number: 58,
    title: 'closed and opened again, it answers the same',
    not: { memory: 'nothing is kept' },
    async run(bench) {
      await bench.store.write(
        batchOf(...fill(400), { start: hour0, labels: pod('b'), rows: { 'db.Query:7<x.y': [3, 4] } }),
      );
      await bench.store.rollUp(unixMs(hour0 + 90 * minute));
      const ask = async () => [
        await mergedText(bench.store),
        await hotText(bench.store),
        await seriesText(bench.store, { groupBy: ['pod'], stepMs: minute }),
        await bench.store.listSeries(selectionOf(), { limit: 10 }),
        { ...(await bench.store.stats()), bytes: 0 },
      ];
      const before = await ask();
      await bench.reopen();
      expect(await ask()).toEqual(before);
      expect(await bench.store.write(batchOf(...fill(400)))).toMatchObject({ duplicates: 400 });
    },
  },
  {
    number: 69,
    title: 'an export written into another store answers the same',
    async run({ store }) {
      const batch = batchOf(...fill(1_200), {
        start: hour0,
        labels: pod('b'),
        rows: { [get]: [5, 2 ** 60], 'db.Query': [1, 3] },
      });
      await store.write(batch);
      const copy = await openSampleStore({ memory: true });
      const windows = await collect(store.export(selectionOf()));
      expect(await copy.write({ ...batch, windows })).toEqual({ stored: 1_201, duplicates: 0, rejected: [] });
      expect(await copy.merged(selectionOf())).toEqual(await store.merged(selectionOf()));
      expect(await store.write({ ...batch, windows })).toMatchObject({ stored: 0, duplicates: 1_201 });
    },
  },
  {
    number: 70,
    title: 'every call after close is an error that says so',
    async run({ store }) {
      await store.write(batchOf(...fill(1)));
      await store.close();
      const page = { limit: 1 };
      const calls = [
        () => store.write(batchOf(...fill(1))),
        () => store.merged(selectionOf()),
        () => store.hotspots(selectionOf(), { level: 'site', by: 'value', limit: 1 }),
        () => store.series(selectionOf(), { groupBy: [], stepMs: minute }),
        () => store.listSeries(selectionOf(), page),
        () => store.labelNames(selectionOf()),
        () => store.labelValues(selectionOf(), 'pod', page),
        () => store.remove(selectionOf()),
        () => store.rollUp(unixMs(hour0)),
        () => store.retain(unixMs(hour0), { rawMs: 1, site1mMs: 1, stack1hMs: 1, site1hMs: 1 }),
        () => store.stats(),
        async () => collect(store.export(selectionOf())),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'store.closed' });
      await store.close();
    },
  },
];
