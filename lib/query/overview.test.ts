import { beforeAll, expect, test } from 'vitest';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { recordedFrom, recordedStore } from '@/tests/support/recorded-store';
import { type KeepRow, type OverviewRow, queryOverview } from './overview';

const options = { defaults: {}, idleFunctions: [], listIdle: false };
const folder = 'ordersvc-go1.23-bad';
let store: SampleStore;

beforeAll(async () => {
  store = await recordedStore(
    ['first', 'second', 'third'].map((service) => ({ service, pod: 'a', build: 'b', folder, go: 'go1.23.5' })),
  );
});

const scopeOf = (fromMs: number, toMs: number) => ({
  range: {
    from: unixMs(recordedFrom + fromMs),
    to: unixMs(recordedFrom + toMs),
    live: true,
    text: { from: '', to: '' },
  },
  matchers: [],
});

test('every service has one row, however many are read at once', async () => {
  const { services, pods, windows } = await queryOverview(
    store,
    ['third', 'unknown', 'first', 'second'],
    scopeOf(0, 60_000),
    () => options,
  );
  expect(services.map(({ service }) => service)).toEqual(['first', 'second', 'third', 'unknown']);
  expect([pods, windows]).toEqual([3, 18]);
});

test('ranges over the same buckets share their rows; another bucket or filter does not', async () => {
  const rows = new Map<string, Promise<OverviewRow>>();
  const keep: KeepRow = (service, key, make) => {
    const row = rows.get(service + key) ?? make();
    rows.set(service + key, row);
    return row;
  };
  const ask = (scope: Parameters<typeof queryOverview>[2]) =>
    queryOverview(store, ['first'], scope, () => options, keep);
  const whole = await ask(scopeOf(0, 60_000));
  const later = await ask(scopeOf(4_000, 59_000));
  expect([rows.size, later.services, later.from]).toEqual([1, whole.services, whole.from]);
  await ask(scopeOf(10_000, 70_000));
  await ask({ ...scopeOf(0, 60_000), matchers: [{ name: 'pod', op: '=', value: 'a' }] });
  expect(rows.size).toBe(3);
});
