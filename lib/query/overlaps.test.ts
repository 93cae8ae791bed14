import { expect, test } from 'vitest';
import { MemorySampleStore } from '@/lib/store/memory';
import type { Window } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { queryOverlaps } from './overlaps';

const from = Date.parse('2026-11-24T12:00:00Z');
const scopeOf = (minutes: number) => ({
  range: { from: unixMs(from), to: unixMs(from + minutes * 60_000), live: false, text: { from: '', to: '' } },
  matchers: [],
});

/** Windows of 10 s of one process, one after another from `from + startMs`, each `driftMs` longer than the pause to the next. */
function process(pod: string, startMs: number, count: number, { driftMs = 0 } = {}): Window[] {
  return Array.from({ length: count }, (_, i) => ({
    series: {
      type: {
        name: 'block',
        sampleType: 'delay',
        sampleUnit: 'nanoseconds',
        periodType: 'contentions',
        periodUnit: 'count',
      },
      labels: [
        ['pod', pod],
        ['service_name', 'shop'],
      ],
    },
    start: unixMs(from + startMs + i * 10_000),
    wallMs: 10_000 + driftMs,
    kind: 'delta',
    stacks: new BigUint64Array(),
    counts: new Float64Array(),
    values: new Float64Array(),
  }));
}

async function notesOf(windows: readonly Window[], minutes = 60): Promise<string[]> {
  const store = new MemorySampleStore();
  const { rejected } = await store.write({ windows, stacks: [], sites: [] });
  expect(rejected).toEqual([]);
  return (await queryOverlaps(store, 'shop', scopeOf(minutes))).map(({ code, message }) => `${code}: ${message}`);
}

test('two processes of one name are told, by their pod, however their windows lie', async () => {
  const text =
    'pod-overlap: windows of pod a overlap: at least two processes report under one name. All are kept and counted as one pod; give each its own pod label';
  for (const offset of [100, 5_000, 9_900]) {
    const windows = [...process('a', 0, 30), ...process('a', offset, 30), ...process('b', 0, 30)];
    expect(await notesOf(windows, 15)).toEqual([text]);
  }
  expect(await notesOf([...process('a', 0, 360), ...process('a', 1_804_000, 90)])).toEqual([text]);
  expect(await notesOf([...process('a', 0, 360), ...process('a', 4_000, 360)], 3 * 24 * 60)).toEqual([]);
  expect(await notesOf([...process('a', 0, 1_200), ...process('a', 4_000, 1_200)], 3 * 24 * 60)).toEqual([text]);
});

test('pods of their own, pauses, clocks that are a little off, and the ends of a range are no overlap', async () => {
  expect(await notesOf([...process('a', 0, 360), ...process('b', 3_000, 360)])).toEqual([]);
  expect(await notesOf([...process('a', 0, 30), ...process('a', 900_000, 30)], 30)).toEqual([]);
  expect(await notesOf(process('a', 0, 360, { driftMs: 40 }))).toEqual([]);
  expect(await notesOf(process('a', -5_000, 60), 5)).toEqual([]);
  expect(await notesOf([])).toEqual([]);
});
