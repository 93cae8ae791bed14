import { beforeAll, expect, test } from 'vitest';
import type { SampleStore } from '@/lib/store/port';
import { milliseconds, unixMs } from '@/lib/units';
import { recordedFrom, recordedStore } from '@/tests/support/recorded-store';
import { queryFlame, queryTypes } from './flame';
import { queryLock } from './lock';
import { queryLocks } from './locks';
import { queryOverview } from './overview';
import type { Scope } from './scope';
import { queryTimeline } from './timeline';

const bad = { service: 'order-service', build: '1.42.0', folder: 'ordersvc-go1.23-bad', go: 'go1.23.5' };
const fixed = { service: 'fixed-service', build: '2.0.0', folder: 'ordersvc-go1.23-fixed', go: 'go1.23.5' };
const options = { defaults: {}, idleFunctions: [], listIdle: false };
const scope: Scope = {
  range: { from: recordedFrom, to: unixMs(recordedFrom + 60_000), live: false, text: { from: '', to: '' } },
  matchers: [],
};
let store: SampleStore;

beforeAll(async () => {
  store = await recordedStore([
    { ...bad, pod: 'order-0' },
    { ...bad, pod: 'order-1', delayWindows: 2 },
    { ...fixed, pod: 'fixed-0' },
    { ...bad, service: 'rolled-out', pod: 'roll-0' },
    { ...bad, service: 'rolled-out', pod: 'roll-0', build: '1.43.0', delayWindows: 3 },
  ]);
});

const short = (name: string | undefined): string | undefined => name?.split('/').at(-1);

test('the first lock names GetConfig waiting and ReloadFromDB holding, with its busiest window beside the average', async () => {
  const { document, coverage } = await queryLocks(store, 'order-service', scope, options);
  const [first] = document.locks;
  expect(short(first?.waiters[0]?.site.function)).toBe('config.(*OrderConfigManager).GetConfig');
  expect(short(first?.holders[0]?.site.function)).toBe('config.(*OrderConfigManager).ReloadFromDB');
  expect(first).toMatchObject({ family: 'RWMutex', link: 'Strong', pattern: 'R1', rules: [] });
  expect(first?.waiting.pods).toBe(2);
  expect(first?.waiting.bucketSeconds).toBe(5);
  // Both pods replay one recording; of equal windows the earlier one is named.
  expect(first?.waiting.maxPod).toBe('order-0');
  expect(first?.waiting.max ?? 0).toBeGreaterThan(first?.waiting.avg ?? Number.POSITIVE_INFINITY);
  // Two pods of three windows each, 5 s a window: the average is delay over the time that was looked at.
  expect(first?.waiting.avg).toBeCloseTo((first?.delaySeconds ?? 0) / 30, 6);
  expect(first?.waiting.sumAvg).toBeCloseTo(2 * (first?.waiting.avg ?? 0), 6);
  expect(coverage).toMatchObject({ pods: ['order-0', 'order-1'], builds: ['1.42.0'], bucketSeconds: 5 });
  expect(coverage.sampling).toEqual({
    blockRateNs: 1,
    mutexFraction: 1,
    goVersion: 'go1.23.5',
    goVersions: ['go1.23.5'],
    goInferred: false,
  });
});

test('block delay of the store is what the recorded program waited', async () => {
  const { document } = await queryLocks(
    store,
    'order-service',
    { ...scope, matchers: [{ name: 'pod', op: '=', value: 'order-0' }] },
    options,
  );
  const readers = document.locks[0]?.waiters[0];
  // truth.json: GetConfig waited in 1113 + 2209 + 1098 calls over the three windows (program's own count of calls over 1 ms).
  expect(readers?.contentions).toBeGreaterThan(4_000);
  expect(readers?.meanWaitSeconds ?? 0).toBeGreaterThan(0.3);
  expect(readers?.meanWaitSeconds ?? 0).toBeLessThan(0.45);
});

test('the healthy control has no lock with a goroutine waiting, and says how much idle waiting it hides', async () => {
  const { document } = await queryLocks(store, 'fixed-service', scope, options);
  expect(document.locks.filter((lock) => (lock.waiting.max ?? 0) >= 1)).toEqual([]);
  expect(document.idle.sites).toBeGreaterThan(0);
  expect(document.idle.delaySeconds).toBeGreaterThan(100);
});

test('a filter that matches no pod is no data, not zero waiting', async () => {
  const nobody = { ...scope, matchers: [{ name: 'pod', op: '=' as const, value: 'gone' }] };
  const { document, coverage } = await queryLocks(store, 'order-service', nobody, options);
  expect(document.locks).toEqual([]);
  expect(coverage.pods).toEqual([]);
  expect(coverage.lastSeen).toBe(recordedFrom + 25_000);
});

test('one lock has its callers, its pods in phase order, its builds and an empty cell where nothing reported', async () => {
  const { locks } = await queryLocks(store, 'order-service', scope, options);
  const detail = await queryLock(store, 'order-service', scope, locks[0]?.lock.id ?? '', options);
  expect(detail.heat.rows.map((row) => row.pod)).toEqual(['order-0', 'order-1']);
  expect(detail.heat.stepMs).toBe(10_000);
  const [first, second] = detail.heat.rows;
  expect(first?.max.map((value) => value !== null)).toEqual([true, true, false, false, false, false]);
  expect(second?.max.map((value) => value !== null)).toEqual([false, true, true, false, false, false]);
  expect(detail.builds).toMatchObject([{ build: '1.42.0', pods: 2, first: recordedFrom }]);
  expect(short(detail.waiterCallers[0]?.callers[0]?.function)).toMatch(/^main\./);
  expect(detail.waiterCallers[0]?.callers.reduce((sum, caller) => sum + caller.share, 0)).toBeCloseTo(1, 9);
  expect(detail.entry.conservation?.verdict).toBe('agree');
});

test('a timeline has a line a lock and one for the rest, with the busiest pod in it', async () => {
  const { locks } = await queryLocks(store, 'order-service', scope, options);
  const timeline = await queryTimeline(store, 'order-service', scope, locks, {
    stepMs: milliseconds(10_000),
    top: 1,
    unit: 'pod',
    pods: 2,
  });
  expect(timeline.lines.map((line) => line.name)).toEqual([locks[0]?.lock.name, `${locks.length - 1} other locks`]);
  const [first] = timeline.lines;
  expect(Math.max(...(first?.max ?? []).map((value) => value ?? 0))).toBeCloseTo(locks[0]?.lock.waiting.max ?? 0, 3);
  expect(first?.avg.every((value, bucket) => value === null || value <= (first.max[bucket] ?? 0))).toBe(true);
});

test('the overview puts the service in trouble first and calls the healthy one quiet', async () => {
  const overview = await queryOverview(store, ['fixed-service', 'order-service', 'unknown'], scope, () => options);
  expect(overview.services.map(({ service, state }) => `${service} ${state}`)).toEqual([
    'order-service trouble',
    'fixed-service quiet',
    'unknown silent',
  ]);
  expect(overview.pods).toBe(3);
});

test('a flame graph keeps the total of its profile', async () => {
  const types = await queryTypes(store, 'order-service', scope);
  expect(types.map((type) => `${type.name}:${type.sampleType}`)).toEqual(['block:delay', 'mutex:delay']);
  const flame = await queryFlame(store, 'order-service', scope, { typeId: 'block:delay' });
  const { locks, waits, idle, runtime } = await queryLocks(store, 'order-service', scope, {
    ...options,
    listIdle: true,
  });
  const waited = [...locks, ...waits, ...idle, ...runtime].reduce(
    (sum, entry) => sum + (entry.lock.delaySeconds ?? 0),
    0,
  );
  expect(flame.root.total / 1e9).toBeCloseTo(waited, 3);
  await expect(queryFlame(store, 'order-service', scope, { typeId: 'cpu' })).rejects.toThrow(
    'there are: block:delay, mutex:delay',
  );
});

test('a pod that changed its build counts once', async () => {
  const { document, coverage } = await queryLocks(store, 'rolled-out', scope, options);
  const waiting = document.locks[0]?.waiting;
  expect(coverage).toMatchObject({ pods: ['roll-0'], builds: ['1.42.0', '1.43.0'] });
  expect(waiting?.pods).toBe(1);
  expect(waiting?.sumAvg).toBe(waiting?.avg);
});
