import { expect, test } from 'vitest';
import { recordedTrace } from '@/tests/support/recorded-trace';
import { traceSchema } from '../api/trace';
import { docOf } from './doc';
import { summaryOf } from './summary';

const names = ['truth-go1.26', 'recorder-go1.26', 'locks-go1.22', 'gens-go1.26'];
const overTheWire = (document: unknown): unknown => JSON.parse(JSON.stringify(document));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test.each(names)('%s: the document is what its schema says, field for field', (name) => {
  const { view } = recordedTrace(name);
  const goroutine = { kind: 'goroutine', id: view.id(view.kept.goroutines.runtime.indexOf(0)) } as const;
  for (const options of [{}, { top: 1 }, { fromNs: 2e8, toNs: 6e8 }, { request: goroutine }]) {
    const sent = overTheWire(docOf(view, options));
    expect(traceSchema.parse(sent)).toEqual(sent);
  }
});

test.each(names)('%s: two halves have the waits of the whole', (name) => {
  const { view } = recordedTrace(name);
  const half = view.durationNs / 2;
  const count = (options: Parameters<typeof docOf>[1]) => sum(docOf(view, options).locks.map((lock) => lock.waits));
  const releases = (options: Parameters<typeof docOf>[1]) =>
    sum(docOf(view, options).locks.flatMap((lock) => lock.holders.map((holder) => holder.releases)));
  expect(count({ toNs: half }) + count({ fromNs: half })).toBe(count({}));
  expect(releases({ toNs: half }) + releases({ fromNs: half })).toBe(releases({}));
});

test('a window that leaves out next to nothing tells of locks what the whole trace tells', () => {
  const { view } = recordedTrace('truth-go1.26');
  const whole = docOf(view, { buckets: 1 }).locks;
  const cut = docOf(view, { buckets: 1, fromNs: 1e-3 }).locks;
  for (const [index, lock] of whole.entries()) {
    expect(cut[index]?.percentiles).toEqual(lock.percentiles);
    expect(cut[index]?.holders).toEqual(lock.holders);
    expect(cut[index]?.queue.avg).toBeCloseTo(lock.queue.avg, 6);
  }
});

test('the critical path of a goroutine covers its time, step after step', () => {
  const { view } = recordedTrace('truth-go1.26');
  const id = summaryOf(view).headline?.goroutine ?? -1;
  const [fromNs, toNs] = [5e8, 9e8];
  const { criticalPath = [] } = docOf(view, { request: { kind: 'goroutine', id }, fromNs, toNs });
  expect(sum(criticalPath.map((step) => step.toSeconds - step.fromSeconds))).toBeCloseTo((toNs - fromNs) / 1e9, 6);
  expect(criticalPath.length).toBeGreaterThan(1);
});

test('what is not shown is counted', () => {
  const { view } = recordedTrace('truth-go1.26');
  const all = docOf(view);
  const one = docOf(view, { top: 1 });
  expect(one.locks.length).toBe(1);
  expect(one.left_out.locks).toBe(all.locks.length - 1);
  // 1,507 of this trace are not in the kept analysis either, as a note says.
  expect(all.left_out.convoys).toBe(1_507);
  expect(all.notes.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^1507 cheaper convoys/));
  expect(one.left_out.convoys).toBe(1_507 + all.convoys.length - one.convoys.length);
});

test('states are those of the program, by the bucket', () => {
  const { view } = recordedTrace('truth-go1.26');
  const { states } = docOf(view, { buckets: 20 });
  expect(states.bucketSeconds).toBeCloseTo(view.durationNs / 1e9 / 20, 9);
  const live = Array.from({ length: 20 }, (_, bucket) =>
    sum(Object.values(states.series).map((of) => of[bucket] ?? 0)),
  );
  expect(Math.min(...live.slice(1, -1))).toBeGreaterThan(1);
});

test.each([
  [{ lock: 'no such lock' }, 'trace.no-lock'],
  [{ fromNs: 5e9 }, 'trace.window'],
  [{ request: { kind: 'region', name: 'none' } as const }, 'trace.no-request'],
])('%o is refused as %s', (options, code) => {
  const { view } = recordedTrace('truth-go1.26');
  expect(() => docOf(view, options)).toThrow(expect.objectContaining({ code }));
});
