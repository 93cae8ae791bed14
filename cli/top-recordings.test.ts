import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Lock } from '@/lib/contention/lock';
import type { TopDocument } from '@/lib/query/result';
import { runCommand } from '../tests/support/run-command';

// The judgement on every recording, as a user gives it: the folder, its rates, Go version and window length.

const position = z.object({ function: z.string(), line: z.number() }).nullable();
const truthSchema = z.object({
  go: z.string(),
  rates: z.object({ block: z.number().nullable(), mutex: z.number().nullable() }),
  windowSeconds: z.unknown().optional(),
  files: z.array(z.object({ kind: z.string() })),
  truth: z.object({
    verdict: z.string().nullable(),
    pattern: z.string().nullable(),
    culprit: z.object({ waiter: position, holder: position }),
    innocent: z.array(z.string()),
    numbers: z.record(z.string(), z.looseObject({ value: z.unknown() })).optional(),
  }),
});
type Truth = z.infer<typeof truthSchema>;

const recordings = 'tests/fixtures/go';
const folders = readdirSync(recordings, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const text = readFileSync(join(recordings, name, 'truth.json'), 'utf8');
    return { name, truth: truthSchema.parse(JSON.parse(text)) };
  })
  .filter(({ truth }) => ['block', 'mutex'].every((kind) => truth.files.some((file) => file.kind === kind)));

async function top(
  name: string,
  { go, rates, windowSeconds }: Truth,
  more: readonly string[] = [],
): Promise<TopDocument> {
  const window = typeof windowSeconds === 'number' ? ['--window', String(windowSeconds)] : [];
  const sampling = ['--block-rate', String(rates.block), '--mutex-fraction', String(rates.mutex), '--go', go];
  const { code, stdout, stderr } = await runCommand([
    'top',
    join(recordings, name),
    ...sampling,
    ...window,
    ...more,
    '--json',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const placesOf = (sites: readonly { readonly site: Lock['waiters'][number]['site'] }[]) =>
  sites.slice(0, 2).map(({ site }) => `${site.function}:${site.line}`);
const placeOf = (culprit: z.infer<typeof position>) => `${culprit?.function}:${culprit?.line}`;
const withVerdict = (...verdicts: string[]) =>
  folders.filter(({ truth }) => verdicts.includes(truth.truth.verdict ?? ''));

test('there are recordings of both judgements', () => {
  expect(withVerdict('lock').length).toBeGreaterThanOrEqual(13);
  expect(withVerdict('none', 'not a lock').length).toBeGreaterThanOrEqual(4);
});

describe.each(withVerdict('lock'))('$name', ({ name, truth }) => {
  const { culprit, pattern, innocent } = truth.truth;

  test('names the culprit: waiter and holder lead the first lock', async () => {
    const [first] = (await top(name, truth)).locks;
    expect(placesOf(first?.waiters ?? [])).toContain(placeOf(culprit.waiter));
    expect(placesOf(first?.holders ?? [])).toContain(placeOf(culprit.holder));
    expect(first?.holders[0]?.role).toBe('holder');
    expect(first?.link).toBe('Strong');
  });

  test('tells the pattern where it is R1 or R3, and neither of the two elsewhere', async () => {
    const [first] = (await top(name, truth)).locks;
    expect(first?.pattern).toBe(pattern === 'R1' || pattern === 'R3' ? pattern : null);
  });

  test('accuses nobody who is innocent', async () => {
    const wrappers = innocent.filter((name) => /\.(?:withLock|\(\*\w+\)\.(?:un)?lock)$/.test(name));
    const { locks } = await top(
      name,
      truth,
      wrappers.flatMap((wrapper) => ['--wrapper', wrapper]),
    );
    const accused = locks.filter(({ waiting }) => (waiting.avg ?? 1) >= 0.1).map(({ holders }) => holders[0]);
    const names = accused.filter((holder) => holder?.role === 'holder').map((holder) => holder?.site.function ?? '');
    expect(names.filter((name) => innocent.includes(name))).toEqual([]);
  });
});

describe.each(withVerdict('none', 'not a lock'))('$name', ({ name, truth }) => {
  test('stays quiet: no lock has a goroutine waiting', async () => {
    const { locks } = await top(name, truth);
    expect(locks.filter(({ waiting }) => waiting.avg === null || waiting.avg >= 1)).toEqual([]);
  });

  test('shows the wait that is none of a lock', async () => {
    const { waits } = await top(name, truth);
    const waiter = truth.truth.culprit.waiter?.function;
    const busy = waits.filter(({ waiting }) => (waiting.avg ?? 0) >= 0.5).flatMap(({ waiters }) => waiters);
    expect(busy.map(({ site }) => site.function).includes(waiter ?? '')).toBe(waiter !== undefined);
  });
});

test.each(folders)('$name: the culprit is never hidden among the idle waits', async ({ name, truth }) => {
  const { idle } = await top(name, truth, ['--idle']);
  const hidden = (idle.list ?? []).flatMap(({ waiters }) => placesOf(waiters));
  expect(hidden).not.toContain(placeOf(truth.truth.culprit.waiter));
});

const measured = withVerdict('lock').filter(({ truth }) => truth.truth.numbers?.['wait.waiting'] !== undefined);

test.each(measured)(
  '$name: delay, contentions, mean and waiting are what the recording says',
  async ({ name, truth }) => {
    const number = (key: string) => z.number().parse(truth.truth.numbers?.[key]?.value);
    const { locks } = await top(name, truth);
    const waiter = locks[0]?.waiters.find(({ site }) => site.function === truth.truth.culprit.waiter?.function);
    expect([waiter?.delaySeconds, waiter?.contentions]).toEqual([number('wait.delay') / 1e9, number('wait.count')]);
    expect(waiter?.meanWaitSeconds).toBeCloseTo(number('wait.mean') / 1e3, 5);
    const seconds = z.number().parse(truth.windowSeconds);
    expect((waiter?.delaySeconds ?? 0) / seconds).toBeCloseTo(number('wait.waiting'), 2);
    expect(locks[0]?.waiting.avg).toBeCloseTo((locks[0]?.delaySeconds ?? 0) / seconds, 9);
  },
);

test('with the wrappers named, billing and shipping are two locks and the counters find their snapshot', async () => {
  const shapes = folders.find(({ name }) => name === 'edge-shapes-go1.26');
  if (shapes === undefined) throw new Error('the recording edge-shapes-go1.26 is missing');
  const wrappers = ['main.withLock', 'main.(*Counter).lock', 'main.(*Counter).unlock'];
  const { locks } = await top(
    shapes.name,
    shapes.truth,
    wrappers.flatMap((wrapper) => ['--wrapper', wrapper]),
  );
  const pairs = locks.map(({ waiters, holders }) => [
    waiters.map(({ site }) => site.function).sort(),
    holders[0]?.site.function,
  ]);
  expect(pairs).toEqual(
    expect.arrayContaining([
      [['main.(*Cache[...]).Get'], 'main.(*Cache[...]).Refill'],
      [['main.(*Basket).Touch'], 'main.(*Basket).Flush'],
      [['main.countOrders', 'main.countUsers'], 'main.(*Counter).Snapshot'],
      [['main.(*Shards).Put'], 'main.(*Shards).Compact'],
      [['main.billing'], 'main.billing'],
      [['main.shipping'], 'main.shipping'],
      [['main.(*Tx).Begin'], 'main.(*Tx).Commit'],
    ]),
  );
});
