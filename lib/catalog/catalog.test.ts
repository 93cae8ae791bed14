import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openCatalog } from '@/lib/catalog/open';
import type { Catalog, NewTarget, NewUpload } from '@/lib/catalog/port';
import { unixMs } from '@/lib/units';
import { type PostgresCluster, postgresMissing, startPostgres } from '@/tests/support/postgres';

const folder = mkdtempSync(join(tmpdir(), 'lockscope-catalog-'));
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
    where: () => ({ postgresUrl: cluster?.createDatabase(`catalog_${++databases}`) ?? '' }),
  },
];

const target = (change: Partial<NewTarget> = {}): NewTarget => ({
  service: 'orders',
  url: 'http://10.0.0.1:6060',
  everyMs: 10_000,
  build: undefined,
  labels: { pod: 'orders-1' },
  profiles: ['block', 'mutex'],
  source: 'ui',
  ...change,
});
const upload = (digest: string, receivedAt: number): NewUpload => ({
  digest: digest.repeat(64),
  filename: 'mutex.pb.gz',
  kind: 'mutex',
  service: undefined,
  build: 'v2',
  labels: { env: 'prod "eu"' },
  sizeBytes: 1_234,
  receivedAt: unixMs(receivedAt),
  blobKey: `pprof/${digest.repeat(64)}`,
  hasWindow: false,
});

describe.each(engines)('the catalogue on $name', ({ skip, where }) => {
  let place: Parameters<typeof openCatalog>[0];
  let catalog: Catalog;
  beforeEach(async (context) => {
    if (skip) return context.skip(postgresMissing);
    place = where();
    catalog = await openCatalog(place);
  });
  afterEach(async () => {
    await catalog?.close();
  });

  test('keeps the widest span of sightings, in any order, and the last known Go version', async () => {
    const seen = (at: number, goVersion?: string) =>
      catalog.noteSeen({ service: 'orders', build: 'v1', goVersion, at: unixMs(at) });
    seen(2_000, 'go1.23.4');
    await catalog.flush();
    seen(5_000);
    seen(1_000);
    expect(await catalog.listServices()).toEqual([
      { service: 'orders', firstSeen: 1_000, lastSeen: 5_000, goVersion: 'go1.23.4' },
    ]);
    expect(await catalog.listBuilds('orders')).toEqual([
      { service: 'orders', build: 'v1', firstSeen: 1_000, lastSeen: 5_000, goVersion: 'go1.23.4' },
    ]);
  });

  test('lists services by name and builds by first sighting', async () => {
    for (const [service, build, at] of [
      ['b', 'v2', 1],
      ['a', 'v9', 3],
      ['a', 'v1', 4],
    ] as const) {
      catalog.noteSeen({ service, build, goVersion: undefined, at: unixMs(at) });
    }
    catalog.noteSeen({ service: 'c', build: undefined, goVersion: undefined, at: unixMs(9) });
    expect((await catalog.listServices()).map((row) => row.service)).toEqual(['a', 'b', 'c']);
    expect((await catalog.listBuilds('a')).map((row) => row.build)).toEqual(['v9', 'v1']);
    expect(await catalog.listBuilds('c')).toEqual([]);
  });

  test('a service and a build whose names run into each other stay apart', async () => {
    for (const [service, build] of [
      ['12', '3'],
      ['1', '23'],
      ['123', undefined],
    ] as const) {
      catalog.noteSeen({ service, build, goVersion: undefined, at: unixMs(1) });
    }
    const services = (await catalog.listServices()).map((row) => row.service);
    expect(services).toEqual(['1', '12', '123']);
    const builds = await Promise.all(services.map((service) => catalog.listBuilds(service)));
    expect(builds.map((rows) => rows.map((row) => row.build))).toEqual([['23'], ['3'], []]);
  });

  test('writes sightings at close and finds everything again after opening', async () => {
    catalog.noteSeen({ service: 'orders', build: 'v1', goVersion: undefined, at: unixMs(7) });
    await catalog.close();
    await expect(catalog.listTargets()).rejects.toMatchObject({ code: 'catalog.closed' });
    catalog = await openCatalog(place);
    expect((await catalog.listServices()).map((row) => row.service)).toEqual(['orders']);
  });

  test('gives a target the same id for the same service and URL, and replaces the rest', async () => {
    const first = await catalog.putTarget(target());
    const second = await catalog.putTarget(target({ everyMs: 15_000, labels: {} }));
    expect(second.id).toBe(first.id);
    expect(await catalog.listTargets()).toEqual([{ ...first, everyMs: 15_000, labels: {} }]);
    expect(second).toMatchObject({ enabled: true, lastScrape: undefined, restarts: 0, missed: 0, facts: [] });
  });

  test('refuses a target at a metadata address, whichever way it is written', async () => {
    for (const url of ['http://169.254.169.254/', 'http://2852039166/', 'http://[fe80::1]:6060']) {
      await expect(catalog.putTarget(target({ url }))).rejects.toMatchObject({
        code: 'scrape.address',
        message: expect.stringContaining('is a link-local or metadata address: it is never scraped'),
      });
    }
    expect(await catalog.listTargets()).toEqual([]);
  });

  test('follows the configuration file and leaves targets of the UI alone', async () => {
    await catalog.putTarget(target({ url: 'http://ui:6060' }));
    await catalog.syncConfigTargets([target({ url: 'http://one:6060' }), target({ url: 'http://two:6060' })]);
    await catalog.syncConfigTargets([target({ url: 'http://two:6060', everyMs: 30_000 })]);
    const rows = await catalog.listTargets();
    expect(rows.map(({ url, source, everyMs }) => [url, source, everyMs])).toEqual([
      ['http://two:6060', 'config', 30_000],
      ['http://ui:6060', 'ui', 10_000],
    ]);
    const id = rows[0]?.id ?? '';
    await expect(catalog.removeTarget(id)).rejects.toMatchObject({ code: 'catalog.target' });
    await expect(catalog.putTarget(target({ url: 'http://two:6060' }))).rejects.toMatchObject({
      code: 'catalog.target',
    });
  });

  test('keeps the last outcome of a target, counts restarts and missed scrapes, and the newest 100 events', async () => {
    const { id } = await catalog.putTarget(target());
    for (let at = 1; at <= 103; at++) {
      await catalog.noteScrape(id, {
        at: unixMs(at),
        error: at === 103 ? 'connection refused' : undefined,
        facts: [{ profile: 'mutex', ok: true, windowMs: 10_000, samples: 4, detail: '' }],
        events: [{ at: unixMs(at), kind: at % 2 === 0 ? 'restart' : 'missed', detail: `scrape ${at}` }],
      });
    }
    expect(await catalog.getTarget(id)).toMatchObject({
      lastScrape: { at: 103, error: 'connection refused' },
      restarts: 51,
      missed: 52,
      facts: [{ profile: 'mutex', ok: true, windowMs: 10_000, samples: 4, detail: '' }],
    });
    const events = await catalog.listTargetEvents(id, 1_000);
    expect([events.length, events[0]?.detail, events.at(-1)?.detail]).toEqual([100, 'scrape 103', 'scrape 4']);
  });

  test('ignores the outcome of a target that was removed meanwhile, and removes its events', async () => {
    const { id } = await catalog.putTarget(target());
    const outcome = {
      at: unixMs(1),
      error: undefined,
      facts: [],
      events: [{ at: unixMs(1), kind: 'first', detail: '' }],
    } as const;
    await catalog.noteScrape(id, outcome);
    expect(await catalog.removeTarget(id)).toBe(true);
    await catalog.noteScrape(id, outcome);
    expect(await catalog.removeTarget(id)).toBe(false);
    expect(await catalog.listTargetEvents(id, 10)).toEqual([]);
  });

  test('keeps a disabled target disabled when it is put again', async () => {
    const { id } = await catalog.putTarget(target());
    await catalog.setTargetEnabled(id, false);
    expect((await catalog.putTarget(target({ everyMs: 20_000 }))).enabled).toBe(false);
  });

  test('keeps an upload once, also when two arrive at one time', async () => {
    const both = await Promise.all([catalog.addUpload(upload('a', 1)), catalog.addUpload(upload('a', 2))]);
    expect(both.map((one) => one.created).sort()).toEqual([false, true]);
    expect(both[0]?.upload).toEqual(both[1]?.upload);
    expect((await catalog.listUploads({ limit: 10, offset: 0 })).total).toBe(1);
  });

  test('pages uploads newest first and gives back what it was given', async () => {
    for (const [digest, at] of [
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ] as const)
      await catalog.addUpload(upload(digest, at));
    const page = await catalog.listUploads({ limit: 2, offset: 1 });
    expect([page.total, page.rows.map((row) => row.digest[0])]).toEqual([3, ['c', 'a']]);
    expect(await catalog.getUpload('c'.repeat(16))).toEqual({ ...upload('c', 2), id: 'c'.repeat(16) });
    const removed = await catalog.removeUploadsBefore(unixMs(3));
    expect(removed.map((row) => row.blobKey[6]).sort()).toEqual(['a', 'c']);
    expect((await catalog.listUploads({ limit: 9, offset: 0 })).rows.map((row) => row.digest[0])).toEqual(['b']);
    expect(await catalog.removeUploadsBefore(unixMs(3))).toEqual([]);
  });
});

test('refuses a catalogue of a newer version and changes nothing', async () => {
  const dir = join(folder, 'newer');
  await (await openCatalog({ dir })).close();
  const file = join(dir, 'catalog.db');
  const db = new Database(file);
  db.prepare(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('x', 'y', '99990101000000_future')`,
  ).run();
  db.close();
  await expect(openCatalog({ dir })).rejects.toMatchObject({
    code: 'catalog.newer',
    message: expect.stringContaining('99990101000000_future'),
  });
});

test('shows sightings that cannot be written, closes all the same, and writes them when it can again', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const dir = join(folder, 'unwritable');
  const catalog = await openCatalog({ dir });
  const db = new Database(join(dir, 'catalog.db'));
  db.exec(`CREATE TRIGGER full BEFORE INSERT ON "Service" BEGIN SELECT RAISE(ABORT, 'no space'); END`);
  catalog.noteSeen({ service: 'orders', build: 'v1', goVersion: undefined, at: unixMs(5) });
  await expect(catalog.flush()).rejects.toThrow(/upsert/);
  expect((await catalog.listServices()).map((row) => row.service)).toEqual(['orders']);
  expect((await catalog.listBuilds('orders')).map((row) => row.build)).toEqual(['v1']);
  db.exec('DROP TRIGGER full');
  await catalog.flush();
  expect(db.prepare('SELECT name FROM "Service"').all()).toEqual([{ name: 'orders' }]);

  db.exec(`CREATE TRIGGER full BEFORE INSERT ON "Service" BEGIN SELECT RAISE(ABORT, 'no space'); END`);
  catalog.noteSeen({ service: 'late', build: undefined, goVersion: undefined, at: unixMs(6) });
  db.close();
  await catalog.close();
  expect(printed).toHaveBeenCalledWith(expect.stringContaining('last sightings not written'));
  printed.mockRestore();
});
