import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildsBecause, buildsSentence } from '@/lib/report/builds-sentence';
import { plainText } from '@/lib/report/sentence';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { replayPack } from '@/scripts/demo/replay';
import { startIngestServer } from '@/tests/support/ingest-server';
import { type RecordedPod, recordedFrom, recordedStore } from '@/tests/support/recorded-store';
import { bucketsPerWindow, spansOf, windowsOf } from './build-windows';
import { queryBuilds } from './builds';
import { blockDelay, type Scope, selectionOf } from './scope';

const options = { defaults: {}, idleFunctions: [], listIdle: false, top: 8 };
const pods = ['order-0', 'order-1', 'order-2', 'order-3'];
const rolled = (service: string, builds: readonly (readonly [build: string, folder: string])[]): RecordedPod[] =>
  builds.flatMap(([build, folder], index) =>
    pods.map((pod) => ({
      service,
      pod,
      build,
      folder: `ordersvc-go1.23-${folder}`,
      go: 'go1.23.5',
      delayWindows: 3 * index,
    })),
  );
const scope: Scope = {
  range: { from: recordedFrom, to: unixMs(recordedFrom + 60_000), live: false, text: { from: '', to: '' } },
  matchers: [],
};
const said = async (service: string, top = 8) => {
  const result = await queryBuilds(store, service, scope, { ...options, top });
  return { result, text: plainText(buildsSentence(result)), because: plainText(buildsBecause(result)) };
};
let store: SampleStore;

beforeAll(async () => {
  store = await recordedStore([
    ...rolled('orders', [
      ['1.40.0', 'fixed'],
      ['1.41.0', 'bad'],
    ]),
    ...rolled('steady', [
      ['1.0', 'bad'],
      ['1.1', 'bad'],
    ]),
    ...rolled('single', [['7', 'bad']]),
    ...rolled('mended', [
      ['1', 'bad'],
      ['2', 'fixed'],
    ]),
  ]);
});

test('of the recorded rollout the second build is named, with the lock, its holder, averages and busiest buckets', async () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const server = await startIngestServer({ now });
  onTestFinished(() => server.close());
  await replayPack({ url: server.url, now });
  const range = { ...scope.range, from: unixMs(now - 3_600_000), to: unixMs(now) };
  const result = await queryBuilds(server.store, 'order-service', { range, matchers: [] }, options);
  expect(plainText(buildsSentence(result))).toBe(
    'First bad build: 1.42.0 (confidence >99\u00a0%): config.(*OrderConfigManager) waits more than in 1.41.0.',
  );
  expect(plainText(buildsBecause(result))).toMatch(
    /average <0\.01 → 2\.7, busiest bucket 0\.12 → 36\.0\. Held by ReloadFromDB\. Judged by windows of 2\u00a0m\u00a030\u00a0s of /,
  );
  expect(result.worst?.cells.map((cell) => (cell?.max ?? 0) > (cell?.avg ?? 0))).toEqual([true, true]);
}, 60_000);

describe('builds of a service in a range', () => {
  test('builds stand in the order of their first window, each with the pods and the time it was there', async () => {
    const { result } = await said('orders');
    expect(result.builds.map(({ build }) => build)).toEqual(['1.40.0', '1.41.0']);
    for (const { pods: reporting, wallMs } of result.builds) {
      expect(reporting).toEqual(pods);
      expect(wallMs).toBe(4 * 3 * 5_000);
    }
    expect(result.rows.every(({ cells }) => cells.length === 2)).toBe(true);
  });

  test('builds that wait alike are not told apart', async () => {
    const { result, text } = await said('steady');
    expect(result.rows.map(({ firstBad }) => firstBad)).toEqual(result.rows.map(() => undefined));
    expect(text).toBe('No build made a lock worse, as far as these 2\u00a0builds tell.');
  });

  test('a build that is better is not bad', async () => {
    expect((await said('mended')).text).toMatch(/^No build made a lock worse/);
  });

  test('one build alone has nothing to be compared with', async () => {
    expect((await said('single')).text).toBe(
      'Only build 7 reported in this range: there is nothing to compare it with.',
    );
  });

  test('locks beyond those asked for are counted', async () => {
    const { result } = await said('orders');
    const one = (await said('orders', 1)).result;
    expect(one.rows).toHaveLength(1);
    expect(one.otherLocks).toBe(result.rows.length - 1);
  });
});

describe('windows of single pods', () => {
  const read = () =>
    store.series(selectionOf('orders', scope, blockDelay), { groupBy: ['build', 'pod'], stepMs: 5_000 });

  test('add up to what the build waited, whatever their length', async () => {
    const series = await read();
    const names = spansOf(series).map(({ build }) => build);
    const sumOf = (bucketsEach: number) =>
      windowsOf(series, names, bucketsEach).windows.reduce((sum, { value }) => sum + value * bucketsEach, 0);
    expect(sumOf(3)).toBeCloseTo(sumOf(1), 9);
    expect(windowsOf(series, names, 1).windows).toHaveLength(4 * 2 * 3);
  });

  test('a build with fewer than four is named as too short, and has none', async () => {
    const series = await read();
    const { windows, tooShort } = windowsOf(series, ['1.40.0', '1.41.0', 'never'], 1);
    expect(tooShort).toEqual(['never']);
    expect(new Set(windows.map(({ build }) => build))).toEqual(new Set(['1.40.0', '1.41.0']));
  });

  test('are as long as leaves half of the builds 24', () => {
    const span = (wallMs: number) => ({ build: '', from: 0, to: 0, pods: [], wallMs, reporting: [] });
    expect(bucketsPerWindow([span(1_200_000), span(2_400_000), span(30_000)], 10_000)).toBe(5);
    expect(bucketsPerWindow([span(1_200_000), span(30_000)], 10_000)).toBe(5);
    expect(bucketsPerWindow([span(30_000)], 10_000)).toBe(1);
    expect(bucketsPerWindow([], 10_000)).toBe(1);
  });
});
