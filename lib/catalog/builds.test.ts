import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Baseline } from '@/lib/catalog/builds';
import { openCatalog } from '@/lib/catalog/open';
import type { Catalog } from '@/lib/catalog/port';
import { unixMs } from '@/lib/units';
import { catalogEngines } from '@/tests/support/catalog-engines';

const { engines, stop } = catalogEngines('builds');
afterAll(stop);

const seen = (build: string, at: number, commit?: string) => ({
  service: 'orders',
  build,
  commit,
  goVersion: undefined,
  at: unixMs(at),
});

describe.each(engines)('builds on $name', ({ missing, where }) => {
  let catalog: Catalog;
  beforeEach(async (context) => {
    if (missing !== undefined) return context.skip(missing);
    catalog = await openCatalog(where());
  });
  afterEach(async () => {
    await catalog?.close();
  });

  test('a build is what profiles and senders told, each adding to the other', async () => {
    catalog.noteSeen(seen('v1', 2_000, '3f2a9c1'));
    await catalog.flush();
    await catalog.putBuild({
      service: 'orders',
      build: 'v1',
      branch: 'main',
      time: unixMs(1_500),
      goVersion: 'go1.26',
    });
    await catalog.putBuild({ service: 'orders', build: 'v1', branch: undefined });
    catalog.noteSeen(seen('v1', 9_000));
    const expected = {
      service: 'orders',
      build: 'v1',
      commit: '3f2a9c1',
      branch: 'main',
      time: 1_500,
      goVersion: 'go1.26',
      firstSeen: 2_000,
      lastSeen: 9_000,
    };
    expect(await catalog.listBuilds('orders')).toEqual([expected]);
    await catalog.flush();
    expect(await catalog.listBuilds('orders')).toEqual([expected]);
  });

  test('a build that sent no profile yet is listed by its own time, and is no deploy', async () => {
    catalog.noteSeen(seen('v2', 2_000));
    await catalog.putBuild({ service: 'orders', build: 'v3', time: unixMs(5_000), commit: 'c0ffee0' });
    await catalog.putBuild({ service: 'orders', build: 'v1', time: unixMs(1_000) });
    const builds = await catalog.listBuilds('orders');
    expect(builds.map(({ build, firstSeen }) => [build, firstSeen])).toEqual([
      ['v1', undefined],
      ['v2', 2_000],
      ['v3', undefined],
    ]);
    expect((await catalog.listDeploys('orders')).map(({ build }) => build)).toEqual(['v2']);
  });

  test('what was told of a deploy stands in place of the first profile; a build may be deployed twice', async () => {
    catalog.noteSeen(seen('v1', 1_000));
    catalog.noteSeen(seen('v2', 3_000));
    const deploy = { service: 'orders', build: 'v2', at: unixMs(2_900), note: 'canary' };
    expect(await catalog.addDeploy(deploy)).toEqual({ deploy: { ...deploy, source: 'api' }, created: true });
    expect(await catalog.addDeploy({ ...deploy, note: undefined })).toMatchObject({ created: false });
    await catalog.addDeploy({ ...deploy, at: unixMs(7_000), note: 'again' });
    await catalog.addDeploy({ ...deploy, service: 'other' });
    expect(await catalog.listDeploys('orders')).toEqual([
      { service: 'orders', build: 'v1', at: 1_000, note: undefined, source: 'profile' },
      { service: 'orders', build: 'v2', at: 2_900, note: undefined, source: 'api' },
      { service: 'orders', build: 'v2', at: 7_000, note: 'again', source: 'api' },
    ]);
    catalog.noteSeen({ ...seen('v1', 8_000), service: 'other' });
    expect((await catalog.listDeploys()).map(({ service, build, source }) => `${service} ${build} ${source}`)).toEqual([
      'orders v1 profile',
      'orders v2 api',
      'other v2 api',
      'orders v2 api',
      'other v1 profile',
    ]);
  });

  test.each<Baseline>([
    { kind: 'previous' },
    { kind: 'pinned', build: '1.41.0 "final"' },
    { kind: 'branch', branch: 'release/1.41' },
    { kind: 'yesterday' },
    { kind: 'window', from: unixMs(1_795_556_660_000), to: unixMs(1_795_556_670_000) },
  ])('keeps the baseline $kind of one service', async (baseline) => {
    expect(await catalog.getBaseline('orders')).toEqual({ baseline: { kind: 'previous' }, setAt: undefined });
    await catalog.setBaseline('orders', { kind: 'pinned', build: 'v0' }, unixMs(4));
    await catalog.setBaseline('orders', baseline, unixMs(5));
    expect(await catalog.getBaseline('orders')).toEqual({ baseline, setAt: 5 });
    expect(await catalog.getBaseline('other')).toEqual({ baseline: { kind: 'previous' }, setAt: undefined });
  });
});
