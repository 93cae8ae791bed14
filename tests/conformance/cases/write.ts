import { expect } from 'vitest';
import { unixMs } from '@/lib/units';
import { collect, hotText, mergedText } from '../answers';
import { batchOf, hour, hour0, minute, second, selectionOf, stackOf, type WindowText, windowOf } from '../batches';
import type { SampleCase } from '../engine';

const get = 'cache.Get<api.handle';
const put = 'cache.Put<api.handle';
const one: WindowText = { start: hour0, rows: { [get]: [3, 300], [put]: [1, 50] } };
const two: WindowText = { start: hour0 + 10 * second, rows: { [get]: [2, 100] } };
const none = { stored: 0, duplicates: 0, rejected: [] };

/** Codes of what is refused when `change` is made to a good window; the window's neighbour must be stored. */
async function refusedCode(store: Parameters<SampleCase['run']>[0]['store'], bad: object): Promise<string | undefined> {
  const batch = batchOf(one, two);
  const [first, second] = batch.windows;
  if (first === undefined || second === undefined) throw new Error('two windows were made');
  const { stored, duplicates, rejected } = await store.write({ ...batch, windows: [{ ...first, ...bad }, second] });
  expect(stored + duplicates).toBe(1);
  expect(rejected.map(({ index }) => index)).toEqual([0]);
  return rejected[0]?.code;
}

export const writeCases: readonly SampleCase[] = [
  {
    number: 1,
    title: 'reads back what was written',
    async run({ store }) {
      expect(await store.write(batchOf(one, two))).toEqual({ ...none, stored: 2 });
      expect(await collect(store.export(selectionOf()))).toEqual([windowOf(one), windowOf(two)]);
      expect(await mergedText(store)).toEqual({ [get]: [5, 400], [put]: [1, 50] });
      const { profile, cover } = await store.merged(selectionOf());
      expect(cover).toEqual({ windows: 2, wallMs: 20 * second, series: 1, notes: [] });
      expect(profile.sampleTypes).toEqual([
        { type: 'contentions', unit: 'count' },
        { type: 'delay', unit: 'nanoseconds' },
      ]);
      expect(profile.defaultSampleType).toBe('delay');
    },
  },
  {
    number: 2,
    title: 'a batch written twice is stored once',
    async run({ store }) {
      await store.write(batchOf(one, two));
      expect(await store.write(batchOf(one, two))).toEqual({ ...none, duplicates: 2 });
      expect(await mergedText(store)).toEqual({ [get]: [5, 400], [put]: [1, 50] });
      expect((await store.stats()).overlaps).toBe(0);
    },
  },
  {
    number: 3,
    title: 'a window that comes again in another batch is stored once',
    async run({ store }) {
      await store.write(batchOf(one));
      expect(await store.write(batchOf(two, one))).toEqual({ ...none, stored: 1, duplicates: 1 });
      expect(await mergedText(store)).toEqual({ [get]: [5, 400], [put]: [1, 50] });
    },
  },
  {
    number: 4,
    title: 'a window twice in one batch is stored once',
    async run({ store }) {
      expect(await store.write(batchOf(one, one))).toEqual({ ...none, stored: 1, duplicates: 1 });
      expect(await mergedText(store)).toEqual({ [get]: [3, 300], [put]: [1, 50] });
    },
  },
  {
    number: 5,
    title: 'a batch sent again while its answer is on the way is stored once',
    async run({ store }) {
      const answers = await Promise.all([store.write(batchOf(one)), store.write(batchOf(one))]);
      expect(answers.map(({ stored }) => stored).sort()).toEqual([0, 1]);
      expect(await mergedText(store)).toEqual({ [get]: [3, 300], [put]: [1, 50] });
    },
  },
  {
    number: 6,
    title: 'windows may come out of order',
    async run({ store }) {
      await store.write(batchOf({ ...one, start: hour0 + 5 * minute }));
      await store.write(batchOf(two));
      const windows = await collect(store.export(selectionOf()));
      expect(windows.map(({ start }) => start)).toEqual([two.start, hour0 + 5 * minute]);
    },
  },
  {
    number: 7,
    title: 'a window two days late counts in an hour that was rolled up',
    async run({ store }) {
      await store.write(batchOf(one, { ...two, start: hour0 + 48 * hour }));
      await store.rollUp(unixMs(hour0 + 50 * hour));
      await store.write(batchOf(two));
      expect(await mergedText(store)).toEqual({ [get]: [5, 400], [put]: [1, 50] });
      expect(await hotText(store)).toEqual({ 'cache.Get': [5, 400, 30], 'cache.Put': [1, 50, 5] });
      await store.rollUp(unixMs(hour0 + 50 * hour));
      expect(await hotText(store)).toEqual({ 'cache.Get': [5, 400, 30], 'cache.Put': [1, 50, 5] });
    },
  },
  {
    number: 8,
    title: 'windows that overlap are added up',
    async run({ store }) {
      await store.write(batchOf(one, { ...two, start: hour0 + 5 * second }));
      const { cover } = await store.merged(selectionOf());
      expect(cover).toMatchObject({ windows: 2, wallMs: 20 * second });
      expect(await mergedText(store)).toEqual({ [get]: [5, 400], [put]: [1, 50] });
    },
  },
  {
    number: 9,
    title: 'two processes under one name and start are both kept, and counted as an overlap',
    async run({ store }) {
      await store.write(batchOf(one));
      expect(await store.write(batchOf({ ...two, start: hour0 }))).toEqual({ ...none, stored: 1 });
      expect(await mergedText(store)).toEqual({ [get]: [5, 400], [put]: [1, 50] });
      expect((await store.stats()).overlaps).toBe(1);
      expect((await hotText(store))['cache.Get']).toEqual([5, 400, 30]);
    },
  },
  {
    number: 10,
    title: 'an empty window counts in the cover',
    async run({ store }) {
      await store.write(batchOf({ start: hour0, rows: {} }));
      const { profile, cover } = await store.merged(selectionOf());
      expect(profile.samples.length).toBe(0);
      expect(cover).toEqual({ windows: 1, wallMs: 10 * second, series: 1, notes: [] });
    },
  },
  {
    number: 11,
    title: 'an empty batch is no error',
    async run({ store }) {
      expect(await store.write({ windows: [], stacks: [], sites: [] })).toEqual(none);
    },
  },
  {
    number: 12,
    title: 'one bad window among good ones is refused alone',
    async run({ store }) {
      const batch = batchOf(one, two, { ...one, start: hour0 + minute });
      const [first, middle, last] = batch.windows;
      if (first === undefined || middle === undefined || last === undefined) throw new Error('three were made');
      const result = await store.write({ ...batch, windows: [first, { ...middle, wallMs: 0 }, last] });
      expect(result).toMatchObject({ stored: 2, rejected: [{ index: 1, code: 'store.window.wall' }] });
      expect(await mergedText(store)).toEqual({ [get]: [6, 600], [put]: [2, 100] });
    },
  },
  {
    number: 13,
    title: 'refuses negative, fractional, infinite and too large numbers',
    async run({ store }) {
      for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 63]) {
        expect(await refusedCode(store, { values: Float64Array.of(1, bad) })).toBe('store.window.number');
        expect(await refusedCode(store, { counts: Float64Array.of(bad, 1) })).toBe('store.window.number');
      }
      expect(await mergedText(store)).toEqual({ [get]: [2, 100] });
    },
  },
  {
    number: 14,
    title: 'refuses a wall time that is not above zero',
    async run({ store }) {
      for (const wallMs of [0, -10_000, Number.NaN, 0.5]) {
        expect(await refusedCode(store, { wallMs })).toBe('store.window.wall');
      }
    },
  },
  {
    number: 15,
    title: 'refuses stack ids that are unsorted or repeated',
    async run({ store }) {
      const [low = 0n, high = 0n] = windowOf(one).stacks;
      expect(await refusedCode(store, { stacks: BigUint64Array.of(high, low) })).toBe('store.window.order');
      expect(await refusedCode(store, { stacks: BigUint64Array.of(low, low) })).toBe('store.window.order');
      expect(await refusedCode(store, { counts: Float64Array.of(1) })).toBe('store.window.length');
    },
  },
  {
    number: 16,
    title: 'refuses a stack that nobody defined',
    async run({ store }) {
      expect(await refusedCode(store, { stacks: BigUint64Array.of(1n, 2n) })).toBe('store.window.undefined-stack');
      const batch = batchOf({ ...one, start: hour0 + hour, rows: { 'new.Site': [1, 1] } });
      const { rejected } = await store.write({ ...batch, sites: [] });
      expect(rejected.map(({ code }) => code)).toEqual(['store.window.undefined-site']);
    },
  },
  {
    number: 17,
    title: 'a window of zeros is stored',
    async run({ store }) {
      await store.write(batchOf({ start: hour0, rows: { [get]: [0, 0] } }));
      expect(await mergedText(store)).toEqual({ [get]: [0, 0] });
      expect(await hotText(store)).toEqual({ 'cache.Get': [0, 0, 0] });
    },
  },
  {
    number: 18,
    title: 'a stack of 1,000 frames and a name of 64 kB are kept',
    async run({ store }) {
      const deep = Array.from({ length: 1_000 }, (_, index) => `deep.f${index}`).join('<');
      const long = `long.${'n'.repeat(65_536)}`;
      await store.write(batchOf({ start: hour0, rows: { [deep]: [1, 2], [long]: [3, 4] } }));
      expect(await mergedText(store)).toEqual({ [deep]: [1, 2], [long]: [3, 4] });
    },
  },
  {
    number: 19,
    title: 'a window of 86,000 stacks is kept whole',
    async run({ store }) {
      const names = Array.from({ length: 86_000 }, (_, index) => `many.S${index % 40}<caller.f${index}`);
      const rows = Object.fromEntries(names.map((name, index) => [name, [1, index] as const]));
      expect(await store.write(batchOf({ start: hour0, rows }))).toEqual({ ...none, stored: 1 });
      const { profile, other } = await store.merged(selectionOf(), { maxStacks: 10 });
      expect(profile.samples.length).toBe(10);
      expect(other).toEqual({ count: 85_990, members: 85_990, value: (85_989 * 85_990) / 2 });
    },
  },
  {
    number: 20,
    title: 'one stack defined by two writers at once is one stack',
    async run({ store }) {
      const pods = ['a', 'b'].map((pod) => ({ ...two, labels: { pod, service_name: 'orders' } }));
      await Promise.all(pods.map((window) => store.write(batchOf(window))));
      expect(await mergedText(store)).toEqual({ [get]: [4, 200] });
      expect((await store.stats()).stacks).toBe(1);
    },
  },
  {
    number: 21,
    title: 'stacks that differ in a line are two, with two sites',
    async run({ store }) {
      const [a, b] = ['cache.Get:88<api.handle', 'cache.Get:95<api.handle'];
      await store.write(batchOf({ start: hour0, rows: { [a]: [1, 10], [b]: [2, 20] } }));
      expect(await mergedText(store)).toEqual({ [a]: [1, 10], [b]: [2, 20] });
      expect(await hotText(store)).toEqual({ 'cache.Get:88': [1, 10, 1], 'cache.Get:95': [2, 20, 2] });
    },
  },
  {
    number: 22,
    title: 'a known id with another check sum is refused and counted',
    async run({ store }) {
      await store.write(batchOf(two));
      const batch = batchOf(
        { ...one, start: hour0 + minute },
        { ...one, start: hour0 + hour, rows: { [put]: [1, 1] } },
      );
      const { id } = stackOf(get).stack;
      const stacks = batch.stacks.map((stack) => (stack.id === id ? { ...stack, chk: stack.chk ^ 1n } : stack));
      const result = await store.write({ ...batch, stacks });
      expect(result).toMatchObject({ stored: 1, rejected: [{ index: 0, code: 'store.window.collision' }] });
      expect((await store.stats()).collisions).toBe(1);
      expect(await mergedText(store)).toEqual({ [get]: [2, 100], [put]: [1, 1] });
    },
  },
];
