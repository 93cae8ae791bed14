import { beforeAll, expect, test } from 'vitest';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { recordedFrom, recordedStore } from '@/tests/support/recorded-store';
import { resolveBaseline } from '../baseline';
import { queryBuilds } from '../builds';
import { queryFlame } from '../flame';
import { queryLock } from '../lock';
import { queryLocks } from '../locks';
import { queryTimeline } from '../timeline';
import { buildsDocument, buildsSchema } from './builds';
import { flamegraphDocument, flamegraphSchema } from './flamegraph';
import { lockDocument, lockDocumentSchema } from './lock';
import { seriesDocument, seriesSchema } from './series';
import { topSchema } from './top';

const options = { defaults: {}, idleFunctions: [], listIdle: true };
const range = { from: recordedFrom, to: unixMs(recordedFrom + 60_000), live: false, text: { from: '', to: '' } };
const scope = { range, matchers: [] };
let store: SampleStore;

beforeAll(async () => {
  store = await recordedStore([{ service: 's', pod: 'a', build: 'b', folder: 'ordersvc-go1.23-bad', go: 'go1.23.5' }]);
});

/** What a client reads after the document went over the wire. */
const overTheWire = (document: unknown): unknown => JSON.parse(JSON.stringify(document));

test('the documents of recorded data are what their schemas say, field for field', async () => {
  const { document, locks } = await queryLocks(store, 's', scope, options);
  const lock = lockDocument(await queryLock(store, 's', scope, locks[0]?.lock.id ?? '', options));
  const timeline = await queryTimeline(store, 's', scope, locks, { stepMs: 10_000, top: 3, unit: 'sum', pods: 1 });
  const series = seriesDocument(timeline, 'sum', []);
  const flame = flamegraphDocument(await queryFlame(store, 's', scope, { typeId: 'mutex:delay' }));
  const known = {
    service: 's',
    build: 'b',
    commit: '3f2a9c1',
    branch: undefined,
    time: undefined,
    goVersion: 'go1.23.5',
    firstSeen: recordedFrom,
    lastSeen: recordedFrom,
  };
  const baseline = { kind: 'window', from: recordedFrom, to: range.to } as const;
  const builds = buildsDocument(
    's',
    range,
    { rows: [known, { ...known, build: 'unseen', firstSeen: undefined }], total: 2, next: null },
    {
      result: await queryBuilds(store, 's', scope, { ...options, top: 3 }),
      deploys: [{ service: 's', build: 'b', at: recordedFrom, note: undefined, source: 'profile' }],
      baseline: { baseline, setAt: recordedFrom },
      resolved: resolveBaseline(baseline, { builds: [known], range }),
    },
  );
  expect(builds.builds.map(({ inRange, locks: cells }) => [inRange?.pods, cells.length > 0])).toEqual([
    [['a'], true],
    [undefined, false],
  ]);
  for (const [schema, value] of [
    [buildsSchema, builds],
    [topSchema, document],
    [lockDocumentSchema, lock],
    [seriesSchema, series],
    [flamegraphSchema, flame],
  ] as const) {
    // Zod drops keys a schema does not name: equality says that nothing undocumented is sent.
    expect(schema.parse(overTheWire(value))).toEqual(overTheWire(value));
  }
});
