import { expect } from 'vitest';
import type { Matcher } from '@/lib/selection/selection';
import type { SampleStore } from '@/lib/store/port';
import { mergedText } from '../answers';
import { batchOf, cpuType, hour, hour0, labelsOf, second, selectionOf, type WindowText, windowOf } from '../batches';
import type { SampleCase } from '../engine';

const page = { limit: 100 };

function podWindow(pod: string, more: Partial<WindowText> & { readonly env?: string } = {}): WindowText {
  const { env, ...rest } = more;
  const labels = { pod, service_name: 'orders', ...(env === undefined ? {} : { env }) };
  return { start: hour0, labels, rows: { 'cache.Get': [1, 10] }, ...rest };
}

async function podsOf(store: SampleStore, ...matchers: Matcher[]): Promise<readonly string[]> {
  return (await store.labelValues(selectionOf({ matchers }), 'pod', page)).rows;
}

export const labelCases: readonly SampleCase[] = [
  {
    number: 23,
    title: 'label values of any characters are kept and matched',
    async run({ store }) {
      const odd = ['"', '\\', '\n', '\0', '🙂', '日本', '{}=,', "'; drop table win; --"];
      await store.write(batchOf(...odd.map((pod) => podWindow(pod))));
      expect([...(await podsOf(store))].sort()).toEqual([...odd].sort());
      for (const value of odd) {
        const matchers = [{ name: 'pod', op: '=' as const, value }];
        expect((await store.listSeries(selectionOf({ matchers }), page)).rows.map(({ labels }) => labels)).toEqual([
          labelsOf({ pod: value, service_name: 'orders' }),
        ]);
      }
    },
  },
  {
    number: 24,
    title: 'matches with = != =~ !~, anchored; a missing label equals the empty one',
    async run({ store }) {
      await store.write(batchOf(podWindow('a1', { env: 'prod' }), podWindow('a2', { env: 'dev' }), podWindow('ba1')));
      expect(await podsOf(store, { name: 'env', op: '=', value: 'prod' })).toEqual(['a1']);
      expect(await podsOf(store, { name: 'env', op: '!=', value: 'prod' })).toEqual(['a2', 'ba1']);
      expect(await podsOf(store, { name: 'env', op: '=', value: '' })).toEqual(['ba1']);
      expect(await podsOf(store, { name: 'pod', op: '=~', value: 'a.' })).toEqual(['a1', 'a2']);
      expect(await podsOf(store, { name: 'pod', op: '=~', value: 'a1|ba1' })).toEqual(['a1', 'ba1']);
      expect(await podsOf(store, { name: 'pod', op: '!~', value: '.*1' })).toEqual(['a2']);
      expect(await podsOf(store, { name: 'env', op: '=~', value: '|dev' })).toEqual(['a2', 'ba1']);
      expect(await podsOf(store, { name: 'pod', op: '=~', value: '(?i)A1' })).toEqual(['a1']);
    },
  },
  {
    number: 25,
    title: 'a bad regular expression is an error that names the matcher',
    async run({ store }) {
      await store.write(batchOf(podWindow('a')));
      for (const value of ['(', '[a', '(a)\\1', '(?=a)', 'a'.repeat(2_000)]) {
        const selection = selectionOf({ matchers: [{ name: 'pod', op: '=~', value }] });
        await expect(store.merged(selection)).rejects.toMatchObject({ code: 'store.matcher', place: 'matcher pod' });
      }
    },
  },
  {
    number: 26,
    title: 'label values are those of the type and the time asked for',
    async run({ store }) {
      await store.write(
        batchOf(podWindow('early'), podWindow('late', { start: hour0 + hour }), podWindow('cpu', { type: cpuType })),
      );
      const values = async (changes: Parameters<typeof selectionOf>[0]) =>
        (await store.labelValues(selectionOf(changes), 'pod', page)).rows;
      expect(await values({ to: hour0 + hour })).toEqual(['early']);
      expect(await values({ from: hour0 + 10 * second })).toEqual(['late']);
      expect(await values({ type: { name: 'process_cpu' } })).toEqual(['cpu']);
      expect(await values({ type: {} })).toEqual(['cpu', 'early', 'late']);
      expect(await store.labelNames(selectionOf())).toEqual(['pod', 'service_name']);
    },
  },
  {
    number: 27,
    title: 'pages follow each other without repeats, also behind a prefix',
    async run({ store }) {
      const pods = Array.from({ length: 25 }, (_, index) => `pod-${String(index).padStart(2, '0')}`);
      await store.write(batchOf(...pods.map((pod) => podWindow(pod)), podWindow('other')));
      const seen: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const asked = { limit: 4, prefix: 'pod-', ...(cursor === '' ? {} : { cursor }) };
        const { rows, total, next } = await store.labelValues(selectionOf(), 'pod', asked);
        expect(total).toBe(25);
        seen.push(...rows);
        cursor = next;
      }
      expect(seen).toEqual(pods);
      const first = await store.listSeries(selectionOf(), { limit: 20 });
      const rest = await store.listSeries(selectionOf(), { limit: 20, cursor: first.next ?? '' });
      expect([first.total, first.rows.length, rest.rows.length, rest.next]).toEqual([26, 20, 6, undefined]);
      expect(new Set([...first.rows, ...rest.rows].map(({ labels }) => JSON.stringify(labels))).size).toBe(26);
    },
  },
  {
    number: 28,
    title: 'keeps 30 labels of 2,048 bytes',
    async run({ store }) {
      const labels = Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`label_${index}`, `${index}`.padEnd(2_048, 'x')]),
      );
      await store.write(batchOf({ start: hour0, labels, rows: { 'cache.Get': [1, 10] } }));
      const { rows } = await store.listSeries(selectionOf(), page);
      expect(rows.map((row) => row.labels)).toEqual([labelsOf(labels)]);
    },
  },
  {
    number: 29,
    title: 'labels must come in order, so that one series has one name',
    async run({ store }) {
      const batch = batchOf(podWindow('a'));
      const bad = [
        [
          ['service_name', 'orders'],
          ['pod', 'a'],
        ],
        [
          ['pod', 'a'],
          ['pod', 'b'],
        ],
        [['pod', '']],
        [['', 'a']],
      ] as const;
      for (const labels of bad) {
        const window = { ...windowOf(podWindow('a')), series: { type: cpuType, labels } };
        const { rejected } = await store.write({ ...batch, windows: [window] });
        expect(rejected.map(({ code }) => code)).toEqual(['store.window.labels']);
      }
      await store.write(batch);
      expect(await mergedText(store)).toEqual({ 'cache.Get': [1, 10] });
    },
  },
];
