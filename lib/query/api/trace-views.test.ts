import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { analyseLocks } from '@/lib/locktrace/analyse';
import { encodeAnalysis } from '../trace/encode-analysis';
import { searchTrace } from '../trace/search';
import { summaryOf } from '../trace/summary';
import { tileOf } from '../trace/tile';
import { openAnalysis, type TraceView } from '../trace/trace-view';
import { waitDetail } from '../trace/wait-detail';
import { traceSearchSchema, traceTileSchema, traceWaitSchema } from './trace-views';

let view: TraceView;
beforeAll(() => {
  const file = new URL('../../../tests/fixtures/gotrace/traces/eight-locks-go1.26.trace', import.meta.url);
  const trace = readTrace(bufferSource(readFileSync(file)));
  view = openAnalysis(Buffer.concat(encodeAnalysis(trace, analyseLocks(trace))));
});

/** What a client reads after the document went over the wire. */
const sent = (schema: string, value: object): unknown => JSON.parse(JSON.stringify({ schema, ...value }));

test('tiles, waits and searches of a recorded trace are what their schemas say, field for field', () => {
  const { locks, durationNs } = summaryOf(view);
  const lock = locks.find((one) => one.holders.length > 0 && one.waiters.length > 0);
  const unfold = lock?.waiters[0]?.site.id;
  const lanes = searchTrace(view, 'dur:>1us')
    .rows.slice(0, 3)
    .map((row) => row.goroutine);
  const whole = { fromNs: 0, toNs: durationNs, pixels: 40 };
  const tile = sent('lockscope/trace-tile/v1', tileOf(view, { ...whole, lock: lock?.id, unfold, lanes }));
  // Zod drops keys a schema does not name: equality says that nothing undocumented is sent.
  expect(traceTileSchema.parse(tile)).toEqual(tile);
  const parsed = traceTileSchema.parse(tile);
  expect([parsed.unfolded?.rows.length, parsed.lock?.holds.length, parsed.lanes.length]).not.toContain(0);
  for (const { wait } of parsed.unfolded?.rows.slice(0, 20) ?? []) {
    const detail = sent('lockscope/trace-wait/v1', waitDetail(view, wait));
    expect(traceWaitSchema.parse(detail)).toEqual(detail);
  }
  const found = sent('lockscope/trace-search/v1', searchTrace(view, 'state:lock'));
  expect(traceSearchSchema.parse(found)).toEqual(found);
  expect(traceSearchSchema.parse(found).total).toBeGreaterThan(0);
  const bare = sent('lockscope/trace-tile/v1', tileOf(view, whole));
  expect(traceTileSchema.parse(bare)).toEqual(bare);
});
