import { expect } from 'vitest';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { hotText, mergedText, seriesText } from '../answers';
import {
  batchOf,
  cpuType,
  goroutineType,
  hour,
  hour0,
  labelsOf,
  lockId,
  minute,
  mutexType,
  second,
  selectionOf,
  siteId,
  type WindowText,
} from '../batches';
import type { SampleCase } from '../engine';

const later = unixMs(hour0 + 30 * hour);
const pod = (name: string) => ({ pod: name, service_name: 'orders' });
const day = 24 * hour;
const keepRollUpsOnly = { rawMs: hour, site1mMs: 14 * day, stack1hMs: 30 * day, site1hMs: 400 * day };

/** Two hours of two pods with two locks; the numbers differ in every window. */
function busyWindows(): WindowText[] {
  return Array.from({ length: 1_440 }, (_, index) => {
    const step = index >> 1;
    return {
      start: hour0 + step * 10 * second,
      labels: pod(index % 2 === 0 ? 'a' : 'b'),
      rows: {
        'cache.Get<api.handle': [1 + (index % 3), ((index * 7_919) % 10_007) * 1_000],
        'cache.Put<api.handle': [1, ((index * 104_729) % 1_009) * 1_000],
        ...(index % 5 === 0 ? { 'db.Query<api.handle': [2, 5_000_000] as const } : {}),
      },
    };
  });
}

/** Every kind of answer at every step, to be compared as a whole. */
async function everything(store: SampleStore, changes: Parameters<typeof selectionOf>[0] = { to: hour0 + 3 * hour }) {
  const selection = selectionOf(changes);
  const answers: unknown[] = [
    await store.merged(selection),
    await mergedText(store, selection, { sites: [lockId('db')] }),
  ];
  for (const level of ['site', 'lock'] as const) {
    for (const by of ['value', 'count', 'maxRate'] as const) {
      answers.push(await store.hotspots(selection, { level, by, limit: 2 }));
    }
  }
  for (const stepMs of [10_000, 30_000, minute, 5 * minute, hour]) {
    answers.push(await store.series(selection, { groupBy: ['pod'], stepMs }));
    answers.push(await store.series(selection, { groupBy: [], stepMs, perSite: true }));
    answers.push(
      await store.series(selection, { groupBy: ['pod'], stepMs, sites: [lockId('cache'), siteId('db.Query')] }),
    );
  }
  return answers;
}

export const aggregateCases: readonly SampleCase[] = [
  {
    number: 39,
    title: 'the maximum of a 10 s window is the same through minutes and hours, and of equal ones the first',
    async run({ store }) {
      const quiet = Array.from({ length: 360 }, (_, index) => ({
        start: hour0 + index * 10 * second,
        rows: { 'cache.Get': [1, index === 123 || index === 125 || index === 300 ? 70_000_000_001 : 1_000] as const },
      }));
      await store.write(batchOf(...quiet));
      for (let round = 0; round < 2; round++) {
        for (const stepMs of [10_000, minute, hour]) {
          const { groups } = await store.series(selectionOf(), { groupBy: [], stepMs });
          expect(Math.max(...(groups[0]?.maxRate ?? []))).toBe(7_000_000_001);
        }
        const { sites } = await store.hotspots(selectionOf(), { level: 'lock', by: 'maxRate', limit: 1 });
        expect(sites[0]?.max).toEqual({
          rate: 7_000_000_001,
          at: hour0 + 1_230 * second,
          wallMs: 10_000,
          labels: labelsOf(pod('pod-1')),
        });
        await store.rollUp(later);
      }
    },
  },
  {
    number: 40,
    title: 'the maximum is that of the worst pod, never of a sum over pods',
    async run({ store }) {
      const values = { a: 30_000, b: 50_000, c: 20_000 };
      await store.write(
        batchOf(
          ...Object.entries(values).map(([name, value]) => ({
            start: hour0,
            labels: pod(name),
            rows: { 'cache.Get': [1, value] as const, 'cache.Put': [1, 1_000] as const },
          })),
        ),
      );
      expect(await hotText(store)).toEqual({ 'cache.Get': [3, 100_000, 5_000], 'cache.Put': [3, 3_000, 100] });
      // A lock's window is the sum of its sites.
      expect(await hotText(store, { level: 'lock' })).toEqual({ cache: [6, 103_000, 5_100] });
      const { sites } = await store.hotspots(selectionOf(), { level: 'lock', by: 'value', limit: 1 });
      expect([sites[0]?.max.labels, sites[0]?.series]).toEqual([labelsOf(pod('b')), 3]);
      const hourly = { stepMs: hour, sites: [lockId('cache')] };
      expect((await seriesText(store, hourly, selectionOf({ to: hour0 + hour }))).lines).toEqual([
        ' |  | 103000 | 5100',
      ]);
    },
  },
  {
    number: 41,
    title: 'windows of 10 s and of 60 s in one bucket: each has its own rate, the average is over all wall time',
    async run({ store }) {
      await store.write(
        batchOf(
          { start: hour0, rows: { 'cache.Get': [1, 10_000] } },
          { start: hour0 + 10 * second, wallMs: minute, rows: { 'cache.Get': [1, 30_000] } },
        ),
      );
      const { groups } = await store.series(selectionOf({ to: hour0 + minute }), { groupBy: [], stepMs: minute });
      expect(groups.map(({ values, wallMs, maxRate }) => [values[0], wallMs[0], maxRate[0]])).toEqual([
        [40_000, 70_000, 1_000],
      ]);
    },
  },
  {
    number: 42,
    title: 'sums over raw windows, minutes and hours agree',
    async run({ store }) {
      await store.write(batchOf(...busyWindows()));
      const total = async (stepMs: number) => {
        const { groups } = await store.series(selectionOf(), { groupBy: ['pod'], stepMs });
        return groups.map(({ by, values }) => [by.pod, values.reduce((a, b) => a + b, 0)]);
      };
      const raw = await total(10_000);
      await store.rollUp(later);
      expect(await total(10_000)).toEqual(raw);
      expect(await total(minute)).toEqual(raw);
      expect(await total(hour)).toEqual(raw);
    },
  },
  {
    number: 43,
    title: 'a second roll-up changes nothing',
    async run({ store }) {
      await store.write(batchOf(...busyWindows()));
      await store.rollUp(later);
      const once = await everything(store);
      expect(await store.rollUp(later)).toEqual({ buckets: 0 });
      expect(await everything(store)).toEqual(once);
    },
  },
  {
    number: 44,
    title: 'every answer is the same before and after the roll-up, on and off the hour',
    async run({ store }) {
      await store.write(batchOf(...busyWindows()));
      const ranges = [
        { to: hour0 + 3 * hour },
        { from: hour0 + 25 * minute + 20 * second, to: hour0 + 85 * minute + 50 * second },
      ];
      const ask = async () => [await everything(store, ranges[0]), await everything(store, ranges[1])];
      const before = await ask();
      await store.rollUp(later);
      expect(await ask()).toEqual(before);
    },
  },
  {
    number: 45,
    title: 'once raw windows are gone, edges are widened and the answer says so',
    not: { memory: 'it keeps raw windows only' },
    async run({ store }) {
      await store.write(batchOf(...busyWindows()));
      const whole = { to: hour0 + 2 * hour };
      const [merged, hot] = [await mergedText(store, selectionOf(whole)), await hotText(store, {}, selectionOf(whole))];
      const minutes = await seriesText(store, { stepMs: minute, groupBy: ['pod'] }, selectionOf(whole));
      await store.retain(later, keepRollUpsOnly);
      expect((await store.stats()).windows).toBe(0);
      expect(await mergedText(store, selectionOf(whole))).toEqual(merged);
      expect(await hotText(store, {}, selectionOf(whole))).toEqual(hot);
      expect((await store.merged(selectionOf(whole))).cover.notes).toEqual([]);
      expect(await seriesText(store, { stepMs: minute, groupBy: ['pod'] }, selectionOf(whole))).toEqual(minutes);
      // 10 s buckets are gone: the finest step left is a minute.
      expect(await seriesText(store, { stepMs: 10_000, groupBy: ['pod'] }, selectionOf(whole))).toEqual(minutes);

      const inside = selectionOf({ from: hour0 + 30 * second, to: hour0 + hour });
      const [wide, narrow] = [
        await store.merged(inside),
        await store.hotspots(inside, { level: 'lock', by: 'value', limit: 9 }),
      ];
      expect(wide.cover.notes.map(({ code }) => code)).toEqual(['store.widened']);
      expect(narrow.cover.notes.map(({ code }) => code)).toEqual(['store.widened']);
      expect(await mergedText(store, inside)).toEqual(await mergedText(store, selectionOf({ to: hour0 + hour })));
      expect(narrow.cover.windows).toBe(720);
    },
  },
  {
    number: 46,
    title: 'what is listed and what is summed as other is the total',
    async run({ store }) {
      await store.write(batchOf(...busyWindows()));
      const all = Object.values(await mergedText(store)).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
      for (const limit of [0, 1, 2, 3]) {
        const hot = await store.hotspots(selectionOf(), { level: 'site', by: 'value', limit });
        expect(hot.sites.length + hot.other.members).toBe(3);
        expect(hot.sites.reduce((sum, row) => sum + row.value, hot.other.value)).toBe(all[1]);
        expect(hot.sites.reduce((sum, row) => sum + row.count, hot.other.count)).toBe(all[0]);
        const kept = await store.merged(selectionOf(), { maxStacks: limit });
        const [, values] = kept.profile.samples.values;
        expect([...(values ?? [])].reduce((sum, value) => sum + value, kept.other.value)).toBe(all[1]);
      }
    },
  },
  {
    number: 47,
    title: 'rows of equal value come by id, each time the same',
    async run({ store }) {
      const names = Array.from({ length: 20 }, (_, index) => `tie${index}.Get`);
      await store.write(
        batchOf({ start: hour0, rows: Object.fromEntries(names.map((name) => [name, [1, 5] as const])) }),
      );
      const { sites } = await store.hotspots(selectionOf(), { level: 'site', by: 'value', limit: 20 });
      const ids = sites.map(({ site }) => site.id);
      expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
      const first = await store.hotspots(selectionOf(), { level: 'site', by: 'maxRate', limit: 7 });
      expect(first.sites.map(({ site }) => site.id)).toEqual(ids.slice(0, 7));
    },
  },
  {
    number: 48,
    title: 'grouping by a label that is absent gives the group of the empty value',
    async run({ store }) {
      await store.write(
        batchOf(
          { start: hour0, rows: { 'cache.Get': [1, 10] } },
          { start: hour0, labels: { ...pod('b'), zone: 'z1' }, rows: { 'cache.Get': [1, 20] } },
        ),
      );
      const { lines } = await seriesText(
        store,
        { groupBy: ['zone', 'none'] },
        selectionOf({ to: hour0 + 10 * second }),
      );
      expect(lines).toEqual([', |  | 10 | 1', 'z1, |  | 20 | 2']);
    },
  },
  {
    number: 49,
    title: 'an instant is averaged over its windows and summed over series',
    async run({ store }) {
      const state = (start: number, name: string, goroutines: number): WindowText => ({
        start,
        labels: pod(name),
        type: goroutineType,
        kind: 'instant',
        rows: { 'worker.Run': [0, goroutines] },
      });
      await store.write(
        batchOf(
          state(hour0, 'a', 100),
          state(hour0 + 10 * second, 'a', 200),
          state(hour0 + 20 * second, 'a', 600),
          state(hour0, 'b', 11),
        ),
      );
      const selection = selectionOf({ type: { name: 'goroutine' }, to: hour0 + hour });
      for (let round = 0; round < 2; round++) {
        const { profile } = await store.merged(selection);
        expect(profile.sampleTypes).toEqual([{ type: 'goroutine', unit: 'count' }]);
        expect([...(profile.samples.values[0] ?? [])]).toEqual([311]);
        expect(await hotText(store, {}, selection)).toEqual({ 'worker.Run': [0, 311, 600] });
        const hourly = await seriesText(store, { stepMs: hour, groupBy: [] }, selection);
        expect(hourly.lines).toEqual([' |  | 311 | 600']);
        await store.rollUp(later);
      }
    },
  },
  {
    number: 50,
    title: 'sums above 2^53 are right to 1e-12',
    async run({ store }) {
      const large = 2 ** 53 + 2;
      const windows = Array.from({ length: 1_000 }, (_, index) => ({
        start: hour0 + index * second,
        wallMs: second,
        rows: { 'cache.Get': [1, index % 2 === 0 ? large : 2 ** 62] as const },
      }));
      await store.write(batchOf(...windows));
      const exact = 500n * BigInt(large) + 500n * 2n ** 62n;
      for (let round = 0; round < 2; round++) {
        const [[, value] = [0, 0]] = Object.values(await mergedText(store));
        expect(Math.abs(value - Number(exact)) / Number(exact)).toBeLessThan(1e-12);
        expect((await hotText(store))['cache.Get']?.[2]).toBe(2 ** 62);
        await store.rollUp(later);
      }
    },
  },
  {
    number: 51,
    title: 'mixed units, types or Go semantics are an error, never a sum',
    async run({ store }) {
      const rows = { 'cache.Get': [1, 10] } as const;
      await store.write(
        batchOf(
          { start: hour0, rows },
          { start: hour0, type: cpuType, rows },
          { start: hour0, type: mutexType, labels: { ...pod('old'), go: 'go1.21.13' }, rows },
          { start: hour0, type: mutexType, labels: { ...pod('new'), go: 'go1.22.0' }, rows },
          { start: hour0 + hour, type: mutexType, labels: { ...pod('new'), go: 'go1.27.1' }, rows },
        ),
      );
      const asks = (changes: Parameters<typeof selectionOf>[0]) => [
        () => store.merged(selectionOf(changes)),
        () => store.hotspots(selectionOf(changes), { level: 'site', by: 'value', limit: 1 }),
        () => store.series(selectionOf(changes), { groupBy: [], stepMs: minute }),
      ];
      for (const ask of asks({ type: {} })) await expect(ask()).rejects.toMatchObject({ code: 'store.mixed-types' });
      const mutex = { type: { name: 'mutex' } };
      for (const ask of asks(mutex)) await expect(ask()).rejects.toMatchObject({ code: 'store.mixed-go' });
      for (const ask of asks({ ...mutex, from: hour0 + hour })) await ask();
    },
  },
  {
    number: 52,
    title: 'ids above 2^53 and 2^63 come back bit for bit',
    async run({ store }) {
      const batch = batchOf({
        start: hour0,
        rows: { 'cache.Get': [1, 10], 'cache.Put': [1, 20], 'db.Query': [1, 30] },
      });
      const ids = [2n ** 53n + 1n, 2n ** 63n + 3n, 2n ** 64n - 1n];
      const sites = batch.sites.map((site) => ({
        ...site,
        id: ~site.id & (2n ** 64n - 1n),
        lock: ~site.lock & (2n ** 64n - 1n),
      }));
      const siteIds = sites.filter(({ level }) => level === 'site').map(({ id }) => id);
      const stacks = batch.stacks.map((stack, index) => ({
        ...stack,
        id: ids[index] ?? 0n,
        site: siteIds[index] ?? 0n,
        chk: 2n ** 64n - 2n,
      }));
      const [window] = batch.windows;
      if (window === undefined) throw new Error('one was made');
      await store.write({ windows: [{ ...window, stacks: BigUint64Array.from(ids) }], stacks, sites });
      for await (const found of store.export(selectionOf())) expect([...found.stacks]).toEqual(ids);
      const { sites: hot } = await store.hotspots(selectionOf(), { level: 'site', by: 'value', limit: 3 });
      expect(new Set(hot.map(({ site }) => site.id))).toEqual(new Set(siteIds));
      expect((await store.write({ windows: [], stacks, sites })).rejected).toEqual([]);
      expect((await store.stats()).collisions).toBe(0);
    },
  },
];
