import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CiRun, NewCiReport } from '@/lib/catalog/ci-reports';
import { openCatalog } from '@/lib/catalog/open';
import type { Catalog } from '@/lib/catalog/port';
import { unixMs } from '@/lib/units';
import { catalogEngines } from '@/tests/support/catalog-engines';

const { engines, stop } = catalogEngines('ci');
afterAll(stop);

const id = (digit: string) => digit.repeat(16);
const report = (digit: string, createdAt: number, change: Partial<NewCiReport> = {}): NewCiReport => ({
  key: digit.repeat(64),
  repo: 'acme/order',
  pull: 812,
  suite: 'api',
  headSha: '41ab',
  baseSha: undefined,
  mergeSha: '77aa',
  baseSource: 'merge base, same job',
  runAttempt: 1,
  metadata: { go: 'go1.26.8', cores: 2, order: [0, 1, null], limits: { memory: null }, shared: true },
  createdAt: unixMs(createdAt),
  ...change,
});
const run = (arm: CiRun['arm'], index: number, kind: string, digest = 'd'): CiRun => ({
  arm,
  index,
  kind,
  digest: digest.repeat(64),
  blobKey: `ci/${digest}`,
  sizeBytes: 4_096,
});

describe.each(engines)('CI reports on $name', ({ missing, where }) => {
  let catalog: Catalog;
  beforeEach(async (context) => {
    if (missing !== undefined) return context.skip(missing);
    catalog = await openCatalog(where());
  });
  afterEach(async () => {
    await catalog?.close();
  });

  test('opens a report once for a key, also when two ask at one time', async () => {
    const both = await Promise.all([catalog.openCiReport(report('a', 1)), catalog.openCiReport(report('a', 2))]);
    expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
    expect(both[0]?.report).toEqual(both[1]?.report);
    const { createdAt: _, ...given } = report('a', 1);
    expect(await catalog.getCiReport(id('a'))).toMatchObject({ ...given, id: id('a'), state: 'open' });
    expect(await catalog.getCiReport(id('b'))).toBeUndefined();
  });

  test('takes runs while it is open, the later of two in one place, and lists them in order', async () => {
    await catalog.openCiReport(report('a', 1));
    for (const one of [
      run('head', 0, 'mutex'),
      run('base', 10, 'mutex'),
      run('base', 2, 'mutex', 'e'),
      run('base', 2, 'cpu'),
      run('base', 2, 'mutex', 'f'),
    ]) {
      expect(await catalog.putCiRun(id('a'), one)).toBe(true);
    }
    expect(await catalog.listCiRuns(id('a'))).toEqual([
      run('base', 2, 'cpu'),
      run('base', 2, 'mutex', 'f'),
      run('base', 10, 'mutex'),
      run('head', 0, 'mutex'),
    ]);
    expect(await catalog.putCiRun(id('b'), run('head', 0, 'mutex'))).toBe(false);
  });

  test('ends once, with a comparison or with why not, and takes no run afterwards', async () => {
    await catalog.openCiReport(report('a', 1));
    await catalog.openCiReport(report('b', 2));
    const complete = { state: 'complete', comparisonId: id('c'), at: unixMs(9) } as const;
    expect(await catalog.finishCiReport(id('a'), complete)).toBe(true);
    expect(await catalog.finishCiReport(id('b'), { state: 'failed', failure: 'no base', at: unixMs(8) })).toBe(true);
    expect(await catalog.finishCiReport(id('b'), complete)).toBe(false);
    expect(await catalog.putCiRun(id('a'), run('head', 0, 'mutex'))).toBe(false);
    expect((await catalog.openCiReport(report('a', 1))).report).toMatchObject({
      state: 'complete',
      comparisonId: id('c'),
      failure: undefined,
      completedAt: 9,
    });
    expect(await catalog.getCiReport(id('b'))).toMatchObject({ state: 'failed', failure: 'no base', completedAt: 8 });
  });

  test('lists newest first, by repository, pull request, suite and state', async () => {
    await catalog.openCiReport(report('a', 1));
    await catalog.openCiReport(report('b', 2, { suite: 'load' }));
    await catalog.openCiReport(report('c', 3, { pull: undefined }));
    await catalog.openCiReport(report('d', 3, { repo: 'acme/other' }));
    await catalog.finishCiReport(id('b'), { state: 'failed', failure: 'no base', at: unixMs(8) });
    const ids = async (filter: Partial<Parameters<Catalog['listCiReports']>[0]>) => {
      const { rows, total } = await catalog.listCiReports({ limit: 10, offset: 0, ...filter });
      return [rows.map((row) => row.id[0]).join(''), total];
    };
    expect(await ids({})).toEqual(['cdba', 4]);
    expect(await ids({ repo: 'acme/order', limit: 1, offset: 1 })).toEqual(['b', 3]);
    expect(await ids({ repo: 'acme/order', pull: 812 })).toEqual(['ba', 2]);
    expect(await ids({ repo: 'acme/order', pull: 812, suite: 'api' })).toEqual(['a', 1]);
    expect(await ids({ state: 'open' })).toEqual(['cda', 3]);
  });

  test('forgetting old reports gives the blobs that no kept run needs', async () => {
    await catalog.openCiReport(report('a', 1));
    await catalog.openCiReport(report('b', 2));
    await catalog.putCiRun(id('a'), run('head', 0, 'mutex', '1'));
    await catalog.putCiRun(id('a'), run('head', 1, 'mutex', '2'));
    await catalog.putCiRun(id('a'), run('head', 2, 'mutex', '2'));
    await catalog.putCiRun(id('b'), run('base', 0, 'mutex', '1'));
    expect(await catalog.removeCiReportsBefore(unixMs(2))).toEqual(['ci/2']);
    expect(await catalog.getCiReport(id('a'))).toBeUndefined();
    expect(await catalog.listCiRuns(id('a'))).toEqual([]);
    expect(await catalog.listCiRuns(id('b'))).toHaveLength(1);
  });

  test('remembers one comment of a pull request and suite', async () => {
    const key = { repo: 'acme/order', pull: 812, suite: 'api' };
    const comment = { commentId: '98765432101', bodyDigest: 'd', headSha: '41ab', updatedAt: unixMs(5) };
    expect(await catalog.getCiComment(key)).toBeUndefined();
    await catalog.putCiComment(key, { ...comment, commentId: '1' });
    await catalog.putCiComment(key, comment);
    await catalog.putCiComment({ ...key, suite: 'load' }, { ...comment, commentId: '2' });
    expect(await catalog.getCiComment(key)).toEqual(comment);
    expect([await catalog.removeCiComment(key), await catalog.removeCiComment(key)]).toEqual([true, false]);
    expect(await catalog.getCiComment({ ...key, suite: 'load' })).toMatchObject({ commentId: '2' });
  });
});
