import { beforeAll, expect, test } from 'vitest';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { recordedFrom, recordedStore } from '@/tests/support/recorded-store';
import { queryFlame } from '../flame';
import { queryLock } from '../lock';
import { queryLocks } from '../locks';
import { queryTimeline } from '../timeline';
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
  for (const [schema, value] of [
    [topSchema, document],
    [lockDocumentSchema, lock],
    [seriesSchema, series],
    [flamegraphSchema, flame],
  ] as const) {
    // Zod drops keys a schema does not name: equality says that nothing undocumented is sent.
    expect(schema.parse(overTheWire(value))).toEqual(overTheWire(value));
  }
});
