import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ComparisonRecord, NewAcknowledgement } from '@/lib/catalog/comparisons';
import { openCatalog } from '@/lib/catalog/open';
import type { Catalog } from '@/lib/catalog/port';
import { unixMs } from '@/lib/units';
import { catalogEngines } from '@/tests/support/catalog-engines';

const { engines, stop } = catalogEngines('comparisons');
afterAll(stop);

const id = (digit: string) => digit.repeat(16);
const comparison = (digit: string, createdAt: number, change: Partial<ComparisonRecord> = {}): ComparisonRecord => ({
  id: id(digit),
  service: 'orders',
  origin: 'page',
  base: { label: '1.41.0', parameter: 'build:1.41.0' },
  head: { label: 'runs of 41ab', parameter: undefined },
  unit: 'second',
  verdict: 'suspicious',
  counts: { regression: 0, suspicious: 1, improved: 2, unchanged: 38, inconclusive: 4, moved: 0 },
  blobKey: `diff/${id(digit)}`,
  createdAt: unixMs(createdAt),
  ci: undefined,
  ...change,
});
const ci = (pull: number | undefined): Partial<ComparisonRecord> => ({
  service: undefined,
  origin: 'ci',
  ci: { repo: 'acme/order', pull, suite: 'api', headSha: '41ab', baseSha: undefined, reportId: id('f') },
});
const accepted = (change: Partial<NewAcknowledgement> = {}): NewAcknowledgement => ({
  service: 'orders',
  repo: undefined,
  pull: 812,
  siteId: id('5'),
  lockId: undefined,
  function: 'example.com/order/config.(*Manager).Get[...]',
  metric: 'mutex.delay',
  from: undefined,
  level: 1.5e9,
  unit: 'second',
  reason: 'a new feature needs it | for now',
  by: 'ana',
  createdAt: unixMs(100),
  expiresAt: unixMs(200),
  ...change,
});

describe.each(engines)('comparisons on $name', ({ missing, where }) => {
  let catalog: Catalog;
  beforeEach(async (context) => {
    if (missing !== undefined) return context.skip(missing);
    catalog = await openCatalog(where());
  });
  afterEach(async () => {
    await catalog?.close();
  });

  test('keeps a comparison once, also when two arrive at one time', async () => {
    const one = comparison('a', 1);
    const both = await Promise.all([catalog.addComparison(one), catalog.addComparison({ ...one, unit: 'op' })]);
    expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
    expect(both[0]?.comparison).toEqual(both[1]?.comparison);
    expect(await catalog.getComparison(id('a'))).toEqual(both[0]?.comparison);
    expect(await catalog.getComparison(id('b'))).toBeUndefined();
  });

  test.each([comparison('a', 1), comparison('b', 2, ci(812)), comparison('c', 3, ci(undefined))])(
    'gives back what it was given of $id',
    async (given) => {
      await catalog.addComparison(given);
      expect(await catalog.getComparison(given.id)).toEqual(given);
    },
  );

  test('lists newest first, by service and by pull request, with the number of all', async () => {
    await catalog.addComparison(comparison('a', 1));
    await catalog.addComparison(comparison('b', 2, ci(812)));
    await catalog.addComparison(comparison('c', 3, ci(813)));
    await catalog.addComparison(comparison('d', 3, ci(undefined)));
    const ids = async (filter: Parameters<Catalog['listComparisons']>[0]) => {
      const { rows, total } = await catalog.listComparisons(filter);
      return [rows.map((row) => row.id[0]).join(''), total];
    };
    const page = { limit: 10, offset: 0 };
    expect(await ids(page)).toEqual(['cdba', 4]);
    expect(await ids({ service: 'orders', ...page })).toEqual(['a', 1]);
    expect(await ids({ repo: 'acme/order', limit: 1, offset: 1 })).toEqual(['d', 3]);
    expect(await ids({ repo: 'acme/order', pull: 812, ...page })).toEqual(['b', 1]);
    expect(await ids({ repo: 'acme/other', pull: 812, ...page })).toEqual(['', 0]);
  });

  test('forgets what is older than an instant and tells what it was', async () => {
    for (const [digit, at] of [
      ['a', 1],
      ['b', 2],
    ] as const)
      await catalog.addComparison(comparison(digit, at));
    expect((await catalog.removeComparisonsBefore(unixMs(2))).map((row) => row.blobKey)).toEqual([`diff/${id('a')}`]);
    expect(await catalog.removeComparisonsBefore(unixMs(2))).toEqual([]);
    expect((await catalog.listComparisons({ limit: 9, offset: 0 })).total).toBe(1);
  });

  test('an accepted level is active from the moment it is given until it expires', async () => {
    const record = await catalog.addAcknowledgement(accepted());
    expect(record).toEqual({ ...accepted(), id: expect.stringMatching(/^[0-9a-f]{16}$/), revokedAt: undefined });
    const active = async (at: number) => (await catalog.listAcknowledgements({ activeAt: unixMs(at) })).length;
    expect([await active(99), await active(100), await active(199), await active(200)]).toEqual([0, 1, 1, 0]);
    expect(await catalog.listAcknowledgements({ service: 'orders' })).toEqual([record]);
  });

  test('one that is revoked was active before, and is revoked once', async () => {
    const { id: given } = await catalog.addAcknowledgement(accepted());
    expect(await catalog.revokeAcknowledgement(given, unixMs(150))).toBe(true);
    expect(await catalog.revokeAcknowledgement(given, unixMs(160))).toBe(false);
    expect(await catalog.revokeAcknowledgement(id('0'), unixMs(160))).toBe(false);
    const active = async (at: number) => (await catalog.listAcknowledgements({ activeAt: unixMs(at) })).length;
    expect([await active(149), await active(150)]).toEqual([1, 0]);
    expect((await catalog.listAcknowledgements({})).map(({ revokedAt }) => revokedAt)).toEqual([150]);
  });

  test('levels are listed by service or repository, newest first', async () => {
    await catalog.addAcknowledgement(accepted({ by: 'a' }));
    await catalog.addAcknowledgement(accepted({ by: 'b', service: undefined, repo: 'acme/order' }));
    await catalog.addAcknowledgement(accepted({ by: 'c', createdAt: unixMs(101), lockId: id('1'), from: 0.25 }));
    const by = async (filter: Parameters<Catalog['listAcknowledgements']>[0]) =>
      (await catalog.listAcknowledgements(filter)).map((row) => row.by).join('');
    expect(await by({ service: 'orders' })).toBe('ca');
    expect(await by({ repo: 'acme/order' })).toBe('b');
    expect(await by({ service: 'orders', repo: 'acme/order' })).toBe('');
  });
});
