import { expect } from 'vitest';
import { unixMs } from '@/lib/units';
import { mergedText, seriesText } from '../answers';
import { batchOf, hour, hour0, minute, second, selectionOf, type WindowText } from '../batches';
import type { SampleCase } from '../engine';

const at = (start: number, value: number, more: Partial<WindowText> = {}): WindowText => ({
  start,
  rows: { 'cache.Get': [1, value] },
  ...more,
});

export const timeCases: readonly SampleCase[] = [
  {
    number: 30,
    title: 'a window that starts at `from` is in, one that starts at `to` is out',
    async run({ store }) {
      await store.write(batchOf(at(hour0, 1), at(hour0 + 10 * second, 2), at(hour0 + 20 * second, 4)));
      const selection = selectionOf({ from: hour0 + 10 * second, to: hour0 + 20 * second });
      expect(await mergedText(store, selection)).toEqual({ 'cache.Get': [1, 2] });
    },
  },
  {
    number: 31,
    title: 'a window that began before `from` is out, though it reaches in',
    async run({ store }) {
      await store.write(batchOf(at(hour0, 1, { wallMs: minute })));
      expect(await mergedText(store, selectionOf({ from: hour0 + second }))).toEqual({});
    },
  },
  {
    number: 32,
    title: '`from` = `to` selects nothing',
    async run({ store }) {
      await store.write(batchOf(at(hour0, 1)));
      const selection = selectionOf({ from: hour0, to: hour0 });
      expect((await store.merged(selection)).cover).toEqual({ windows: 0, wallMs: 0, series: 0, notes: [] });
      expect((await store.series(selection, { groupBy: [], stepMs: 10_000 })).buckets).toBe(0);
      expect((await store.listSeries(selection, { limit: 10 })).rows).toEqual([]);
    },
  },
  {
    number: 33,
    title: 'nothing selected is an empty answer, no error',
    async run({ store }) {
      for (const selection of [selectionOf(), selectionOf({ type: { name: 'none', sampleType: 'delay' } })]) {
        const { profile, other, cover } = await store.merged(selection);
        expect([profile.samples.length, profile.sampleTypes]).toEqual([0, [{ type: 'delay', unit: '' }]]);
        expect([other, cover.windows]).toEqual([{ count: 0, value: 0, members: 0 }, 0]);
        const hot = await store.hotspots(selection, { level: 'lock', by: 'value', limit: 5 });
        expect([hot.sites, hot.other.members]).toEqual([[], 0]);
        expect((await store.series(selection, { groupBy: ['pod'], stepMs: 60_000 })).groups).toEqual([]);
        expect(await store.labelNames(selection)).toEqual([]);
      }
      expect((await store.stats()).newest).toBeUndefined();
    },
  },
  {
    number: 34,
    title: 'a step that does not divide the range keeps every window of the range and no other',
    async run({ store }) {
      await store.write(
        batchOf(...Array.from({ length: 12 }, (_, index) => at(hour0 + index * 10 * second, index + 1))),
      );
      const selection = selectionOf({ from: hour0 + 20 * second, to: hour0 + 110 * second });
      expect(await seriesText(store, { stepMs: 50_000 }, selection)).toEqual({
        stepMs: 50_000,
        from: hour0,
        lines: [' |  | 12 40 11 | 1 1 2'],
      });
    },
  },
  {
    number: 35,
    title: 'a step below the longest window is raised to a multiple that holds it',
    async run({ store }) {
      await store.write(batchOf(at(hour0, 1), at(hour0 + 10 * second, 2, { wallMs: 24 * second })));
      const asked = { stepMs: 5_000, groupBy: [] };
      const near = await store.series(selectionOf({ to: hour0 + 10 * second }), asked);
      const far = await store.series(selectionOf({ to: hour0 + minute }), asked);
      expect([near.stepMs, far.stepMs, far.buckets]).toEqual([10_000, 25_000, 3]);
      for (const stepMs of [0, -1, 0.5, Number.NaN]) {
        await expect(store.series(selectionOf(), { ...asked, stepMs })).rejects.toMatchObject({ code: 'store.step' });
      }
      const all = selectionOf({ from: hour0 - 400 * 24 * hour, to: hour0 + hour });
      await expect(store.series(all, { ...asked, stepMs: 25_000 })).rejects.toMatchObject({ code: 'store.step' });
    },
  },
  {
    number: 36,
    title: 'a gap has no wall time; a window without the site counts as 0',
    async run({ store }) {
      const elsewhere = { rows: { 'db.Query': [1, 70_000] } } as const;
      await store.write(batchOf(at(hour0, 10_000), at(hour0 + 20 * second, 0, elsewhere)));
      const selection = selectionOf({ to: hour0 + 40 * second });
      expect((await seriesText(store, { perSite: true }, selection)).lines.sort()).toEqual([
        ' | cache.Get | 10000 - 0 - | 1000 - 0 -',
        ' | db.Query | 0 - 70000 - | 0 - 7000 -',
      ]);
    },
  },
  {
    number: 37,
    title: 'a range cut anywhere is the sum of its parts, before and after a roll-up',
    async run({ store }) {
      const windows = Array.from({ length: 1_080 }, (_, index) => at(hour0 + index * 10 * second, 2 ** (index % 20)));
      await store.write(batchOf(...windows));
      const cuts = [0, 7 * second, 30 * second, 59 * minute, hour, hour + 61 * second, 2 * hour, 3 * hour];
      for (let round = 0; round < 2; round++) {
        const [whole = 0] = Object.values(await mergedText(store)).map(([, value]) => value);
        let sum = 0;
        for (let part = 1; part < cuts.length; part++) {
          const range = { from: hour0 + (cuts[part - 1] ?? 0), to: hour0 + (cuts[part] ?? 0) };
          const [value = 0] = Object.values(await mergedText(store, selectionOf(range))).map(([, one]) => one);
          const hot = await store.hotspots(selectionOf(range), { level: 'lock', by: 'value', limit: 1 });
          expect(hot.sites.map((row) => row.value)).toEqual(value === 0 ? [] : [value]);
          sum += value;
        }
        expect(sum).toBe(whole);
        await store.rollUp(unixMs(hour0 + 24 * hour));
      }
    },
  },
  {
    number: 38,
    title: 'days of a clock change and leap days are ordinary days: time is UTC',
    async run({ store }) {
      for (const day of [Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 25), Date.UTC(2028, 1, 29)]) {
        const windows = Array.from({ length: 48 }, (_, index) => at(day + index * 30 * minute, 1));
        await store.write(batchOf(...windows));
        const result = await store.series(selectionOf({ from: day, to: day + 24 * hour }), {
          groupBy: [],
          stepMs: hour,
        });
        expect([...(result.groups[0]?.values ?? [])]).toEqual(new Array(24).fill(2));
      }
    },
  },
];
