import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CaptureAnalysis, CaptureLock, NewCapture } from '@/lib/catalog/captures';
import { openCatalog } from '@/lib/catalog/open';
import type { Catalog } from '@/lib/catalog/port';
import { unixMs } from '@/lib/units';
import { type PostgresCluster, postgresMissing, startPostgres } from '@/tests/support/postgres';

const folder = mkdtempSync(join(tmpdir(), 'lockscope-captures-'));
let cluster: PostgresCluster | undefined;
beforeAll(() => {
  if (postgresMissing === undefined) cluster = startPostgres();
});
afterAll(() => {
  cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let databases = 0;
const engines: readonly { name: string; skip: boolean; where: () => Parameters<typeof openCatalog>[0] }[] = [
  { name: 'SQLite', skip: false, where: () => ({ dir: join(folder, `db-${++databases}`) }) },
  {
    name: 'PostgreSQL',
    skip: postgresMissing !== undefined,
    where: () => ({ postgresUrl: cluster?.createDatabase(`captures_${++databases}`) ?? '' }),
  },
];

const id = (digit: string) => digit.repeat(16);
const capture = (digit: string, receivedAt: number, change: Partial<NewCapture> = {}): NewCapture => ({
  digest: digit.repeat(64),
  filename: 'orders.trace',
  service: 'orders',
  pod: 'orders-1',
  build: undefined,
  labels: { env: 'prod "eu"' },
  sizeBytes: 1_000_000_000,
  receivedAt: unixMs(receivedAt),
  capturedAt: undefined,
  source: 'push',
  reason: 'pushed',
  blobKey: `trace/${digit.repeat(64)}`,
  ...change,
});
const numbers = { p50Ns: 1_000, p90Ns: 2_000, p99Ns: 2_500_000_123, maxNs: 4e12, n: 7, censored: 0 };
const lock = (lockId: string, totalNs: number): CaptureLock => ({
  lockId,
  name: 'config.(*Manager)',
  family: 'RWMutex',
  isLock: true,
  waits: 7,
  totalNs,
  ...numbers,
  longestCensoredNs: null,
  waiters: [
    {
      kind: 'RWMutex.RLock',
      function: 'config.(*Manager).Get',
      file: 'config.go',
      line: 9,
      waits: 7,
      totalNs,
      ...numbers,
      longestCensoredNs: 12,
    },
  ],
});
const analysis = (key: string, locks: readonly CaptureLock[]): CaptureAnalysis => ({
  version: 3,
  blobKey: `trace-analysis/${key.repeat(64)}`,
  goVersion: 'go1.25',
  durationMs: 5_000.25,
  events: 1_000_000,
  goroutines: 8_000,
  capturedAt: unixMs(500),
  locks,
});

describe.each(engines)('captures on $name', ({ skip, where }) => {
  let catalog: Catalog;
  beforeEach(async (context) => {
    if (skip) return context.skip(postgresMissing);
    catalog = await openCatalog(where());
  });
  afterEach(async () => {
    await catalog?.close();
  });

  test('keeps a trace once, waiting, also when two arrive at one time', async () => {
    const both = await Promise.all([catalog.addCapture(capture('a', 1)), catalog.addCapture(capture('a', 2))]);
    expect(both.map((one) => one.created).sort()).toEqual([false, true]);
    expect(both[0]?.capture).toEqual(both[1]?.capture);
    const { receivedAt: _, ...given } = capture('a', 1);
    expect(await catalog.getCapture(id('a'))).toMatchObject({
      ...given,
      id: id('a'),
      status: 'waiting',
      error: undefined,
      analysis: undefined,
    });
  });

  test('gives back what the analysis found, and the captures of a lock with its numbers', async () => {
    for (const [digit, at, service] of [
      ['a', 1, 'orders'],
      ['b', 2, 'orders'],
      ['c', 3, 'other'],
    ] as const)
      await catalog.addCapture(capture(digit, at, { service }));
    const locks = [lock('00000000000000ff', 2e9), lock('00000000000000aa', 1e9)];
    expect(await catalog.finishCapture(id('a'), analysis('1', locks))).toBe(true);
    expect(await catalog.finishCapture(id('c'), analysis('2', locks.slice(0, 1)))).toBe(true);
    expect(await catalog.listCaptureLocks(id('a'))).toEqual(locks);
    expect(await catalog.getCapture(id('a'))).toMatchObject({
      status: 'done',
      analysisVersion: 3,
      capturedAt: 500,
      analysis: { goVersion: 'go1.25', durationMs: 5_000.25, events: 1_000_000, goroutines: 8_000 },
    });
    const page = { limit: 10, offset: 0 };
    const shown = await catalog.listCaptures({ lock: '00000000000000ff', ...page });
    expect(shown.rows.map((row) => [row.id[0], row.lock?.totalNs])).toEqual([
      ['c', 2e9],
      ['a', 2e9],
    ]);
    expect(await catalog.listCaptures({ lock: '00000000000000aa', service: 'other', ...page })).toEqual({
      rows: [],
      total: 0,
    });
    const orders = await catalog.listCaptures({ service: 'orders', limit: 1, offset: 1 });
    expect([orders.total, orders.rows.map((row) => [row.id[0], row.lock])]).toEqual([2, [['a', undefined]]]);
  });

  test('a list tells the lock that each capture waited for most, what is no lock left out', async () => {
    const wait = { ...lock('00000000000000cc', 9e9), isLock: false, family: 'channel' };
    for (const digit of ['a', 'b', 'c']) await catalog.addCapture(capture(digit, 1));
    const locks = [wait, lock('00000000000000ff', 2e9), lock('00000000000000aa', 1e9)];
    await catalog.finishCapture(id('a'), analysis('1', locks));
    await catalog.finishCapture(id('b'), analysis('2', [wait]));
    const page = { limit: 10, offset: 0 };
    const { rows } = await catalog.listCaptures(page);
    expect(rows.map((row) => row.worst)).toEqual([locks[1], undefined, undefined]);
    const [asked] = (await catalog.listCaptures({ lock: '00000000000000aa', ...page })).rows;
    expect([asked?.lock, asked?.worst]).toEqual([locks[2], undefined]);
  });

  test('a service is asked for alone, or with the captures that name none', async () => {
    await catalog.addCapture(capture('a', 1));
    await catalog.addCapture(capture('b', 2, { service: undefined }));
    await catalog.addCapture(capture('c', 3, { service: 'other' }));
    const ids = async (orUnnamed: boolean) =>
      (await catalog.listCaptures({ service: 'orders', orUnnamed, limit: 10, offset: 0 })).rows.map((row) => row.id[0]);
    expect(await ids(false)).toEqual(['a']);
    expect(await ids(true)).toEqual(['b', 'a']);
  });

  test('a capture that is analysed again forgets the earlier result, one that failed says why', async () => {
    await catalog.addCapture(capture('a', 1));
    await catalog.finishCapture(id('a'), analysis('1', [lock('00000000000000ff', 1)]));
    expect(await catalog.setCaptureStatus(id('a'), 'analysing')).toBe(true);
    expect(await catalog.getCapture(id('a'))).toMatchObject({ status: 'analysing', analysis: undefined });
    expect(await catalog.listCaptureLocks(id('a'))).toEqual([]);
    expect((await catalog.listCapturesOf(['waiting', 'analysing'])).map((row) => row.id)).toEqual([id('a')]);
    const failure = { code: 'gotrace.empty', message: 'a trace without events' };
    await catalog.setCaptureStatus(id('a'), 'failed', { ...failure, version: 3 });
    expect(await catalog.getCapture(id('a'))).toMatchObject({ status: 'failed', error: failure, analysisVersion: 3 });
    expect(await catalog.setCaptureStatus(id('b'), 'waiting')).toBe(false);
    expect(await catalog.finishCapture(id('b'), analysis('1', []))).toBe(false);
  });

  test('removing gives the blobs that nothing else needs', async () => {
    for (const digit of ['a', 'b']) {
      await catalog.addCapture(capture(digit, 1));
      await catalog.finishCapture(id(digit), analysis('1', [lock('00000000000000ff', 1)]));
    }
    expect((await catalog.listCapturesBefore(unixMs(2))).map((row) => row.id)).toEqual([id('a'), id('b')]);
    expect(await catalog.listCapturesBefore(unixMs(1))).toEqual([]);
    const keys = ['a', '1'].map((digit) => digit.repeat(64));
    expect(await catalog.removeCapture(id('a'))).toEqual([`trace/${keys[0]}`]);
    expect(await catalog.removeCapture(id('a'))).toBeUndefined();
    expect(await catalog.removeCapture(id('b'))).toEqual([`trace/${'b'.repeat(64)}`, `trace-analysis/${keys[1]}`]);
  });

  test('remembers what a target is armed for until it is removed, with its events', async () => {
    const { id: targetId } = await catalog.putTarget({
      service: 'orders',
      url: 'http://10.0.0.1:6060',
      everyMs: 10_000,
      build: undefined,
      labels: {},
      profiles: ['block'],
      source: 'ui',
    });
    const arm = {
      targetId,
      trigger: 'goroutines',
      threshold: 50,
      lockId: undefined,
      seconds: 5,
      most: 1,
      fired: 0,
      armedAt: unixMs(1_000),
      expiresAt: unixMs(2_000),
    } as const;
    await catalog.putArm(arm);
    await catalog.putArm({ ...arm, threshold: undefined, lockId: '00000000000000ff', fired: 1 });
    expect(await catalog.listArms()).toEqual([{ ...arm, threshold: undefined, lockId: '00000000000000ff', fired: 1 }]);
    await catalog.addTargetEvents(targetId, [{ at: unixMs(3), kind: 'fired', detail: 'why' }]);
    await catalog.addTargetEvents('0'.repeat(16), [{ at: unixMs(3), kind: 'fired', detail: 'of no target' }]);
    expect(await catalog.listTargetEvents(targetId, 9)).toEqual([{ at: 3, kind: 'fired', detail: 'why' }]);
    expect([await catalog.removeArm(targetId), await catalog.removeArm(targetId)]).toEqual([true, false]);
    await catalog.putArm(arm);
    await catalog.removeTarget(targetId);
    expect(await catalog.listArms()).toEqual([]);
  });
});
