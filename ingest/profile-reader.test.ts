import { expect, test } from 'vitest';
import { parseConfigFile } from '@/lib/config-file';
import { encodeProfile } from '@/lib/pprof/encode';
import type { Profile } from '@/lib/profile/profile';
import { profileTypeId } from '@/lib/profile/profile-type';
import { unixMs } from '@/lib/units';
import { profileFromText } from '@/tests/support/profile-from-text';
import { createProfileReader, type ReadHints, type ReadProfile } from './profile-reader';

const now = unixMs(1_800_000_000_000);
const window = { start: unixMs(now - 10_000), wallMs: 10_000 };

function read(profile: Profile, hints: ReadHints = {}, config = '') {
  const reader = createProfileReader(parseConfigFile(config, 'test'));
  return reader.read({
    bytes: encodeProfile(profile),
    labels: [],
    sampleTypeConfig: undefined,
    from: undefined,
    until: undefined,
    now,
    window,
    ...hints,
  });
}

/** Windows as lines: type, then value and count of each stack, by the function at its site. */
function lines({ windows, stacks }: ReadProfile): string[] {
  const leaf = new Map(stacks.map(({ id, frames }) => [id, frames.map((frame) => frame.function).join('<')]));
  return windows.flatMap((one) => [
    profileTypeId(one.series.type),
    ...Array.from(one.stacks, (id, row) => `  ${one.values[row]} ${one.counts[row]} ${leaf.get(id)}`).sort(),
  ]);
}

const sum = (column: Iterable<number> | undefined) => [...(column ?? [])].reduce((total, value) => total + value, 0);

test('samples of one stack are added up, whatever their labels; the labels are counted', () => {
  const profile = profileFromText(`
    cpu
    samples  cpu    stack
    3        30ms   {span=a} main.work a.go:1
    2        20ms   {span=b} main.work a.go:1
    1        10ms   main.idle a.go:9`);
  const result = read(profile);
  expect(lines(result)).toEqual([
    'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    '  10000000 1 main.idle',
    '  50000000 5 main.work',
  ]);
  expect(result.leftOut).toMatchObject({ sampleLabels: 2 });
});

test('durations in other units become nanoseconds, rounded to whole ones', () => {
  const profile = profileFromText(`
    block
    contentions  delay  stack
    2            7ns    sync.(*Mutex).Lock ; main.wait a.go:1`);
  const micro = {
    ...profile,
    sampleTypes: profile.sampleTypes.map((type) => (type.type === 'delay' ? { ...type, unit: 'microseconds' } : type)),
  };
  expect(lines(read(micro))).toEqual([
    'block:delay:nanoseconds:contentions:count',
    '  7000 2 sync.(*Mutex).Lock<main.wait',
  ]);
});

test('beyond the limit the smallest stacks are kept as one, so that no value and no contention is lost', () => {
  const rows = Array.from({ length: 150 }, (_, i) => `1 ${i + 1}ns sync.(*Mutex).Lock ; main.f${i} a.go:1`).join('\n');
  const result = read(profileFromText(`block\ncontentions delay stack\n${rows}`), {}, 'limits: { samples: 100 }');
  const kept = lines(result).slice(1);
  expect(kept).toHaveLength(101);
  expect(kept).toContain(`  ${(50 * 51) / 2} 50 [over the sample limit]`);
  expect(kept).not.toContain('  50 1 sync.(*Mutex).Lock<main.f49');
  expect(sum(result.windows[0]?.values)).toBe((150 * 151) / 2);
  expect(sum(result.windows[0]?.counts)).toBe(150);
  expect(result.leftOut).toMatchObject({ stacks: 50, stackValue: (50 * 51) / 2 });
  expect(result.sites.filter(({ function: name }) => name === '[over the sample limit]')).toHaveLength(2);
});

test('outer frames beyond the depth are cut and counted, and stacks that then are equal are one', () => {
  const deep = (outermost: string) =>
    [...Array.from({ length: 16 }, (_, i) => `main.f${i} a.go:1`), outermost].join(' ; ');
  const profile = profileFromText(`
    cpu
    samples  cpu    stack
    1        10ms   ${deep('main.a b.go:1')}
    1        10ms   ${deep('main.b b.go:1')}`);
  const result = read(profile, {}, 'limits: { depth: 16 }');
  expect(result.stacks.map(({ frames }) => frames.length)).toEqual([17]);
  expect(result.stacks[0]?.frames.at(-1)?.function).toBe('[over the depth limit]');
  expect(result.windows[0]?.values).toEqual(Float64Array.of(20_000_000));
  expect(result.leftOut.deepStacks).toBe(2);
});

test('negative sums, as differences of goroutine profiles have them, become 0 and are counted', () => {
  const profile = profileFromText(`
    goroutine
    goroutine  stack
    5          main.more a.go:1
    1          main.less a.go:2`);
  const column = Float64Array.from(profile.samples.values[0] ?? [], (value) => (value === 1 ? -3 : value));
  const result = read({ ...profile, samples: { ...profile.samples, values: [column] } });
  expect(lines(result)).toEqual(['goroutine:goroutine:count:goroutine:count', '  5 0 main.more']);
  expect(result.leftOut.negative).toBe(1);
});

test('a heap profile gives allocations and memory in use; without predecessor only the latter', () => {
  const profile = profileFromText(`
    heap
    alloc_objects  alloc_space  inuse_objects  inuse_space  stack
    10             1000         2              200          main.alloc a.go:1`);
  expect(lines(read(profile))).toEqual([
    'memory:alloc_space:bytes:space:bytes',
    '  1000 10 main.alloc',
    'memory:inuse_space:bytes:space:bytes',
    '  200 2 main.alloc',
  ]);
  expect(lines(read(profile, { snapshotsOnly: true }))).toEqual([
    'memory:inuse_space:bytes:space:bytes',
    '  200 2 main.alloc',
  ]);
});

test('a snapshot whose length nobody tells stands for 15 s, and is marked; a difference is refused', () => {
  const goroutines = profileFromText('goroutine\ngoroutine stack\n5 main.more a.go:1');
  const reader = createProfileReader(parseConfigFile('', 'test'));
  const job = { labels: [], sampleTypeConfig: undefined, from: undefined, until: undefined, now };
  const result = reader.read({ ...job, bytes: encodeProfile(goroutines) });
  expect([result.windows[0]?.start, result.windows[0]?.wallMs, result.assumedWindow]).toEqual([
    now - 15_000,
    15_000,
    true,
  ]);
  const block = profileFromText('block\ncontentions delay stack\n2 7ns sync.(*Mutex).Lock ; main.wait a.go:1');
  expect(() => reader.read({ ...job, bytes: encodeProfile(block) })).toThrow(
    expect.objectContaining({ code: 'ingest.window' }),
  );
});

test('a CPU sample with the frames of a waiter gets the site of the waiter, whichever comes first', () => {
  const frames = 'sync.(*Mutex).Lock mutex.go:46 ; main.wait a.go:1';
  const cpu = profileFromText(`cpu\nsamples cpu stack\n1 10ms ${frames}`);
  const block = profileFromText(`block\ncontentions delay stack\n1 10ms ${frames}`);
  const site = (result: ReadProfile) =>
    result.sites.filter(({ level }) => level === 'site').map(({ kind, function: name }) => `${kind} ${name}`);
  expect(site(read(cpu))).toEqual(['Mutex.Lock main.wait']);
  expect(read(cpu).stacks.map(({ site: id }) => id)).toEqual(read(block).stacks.map(({ site: id }) => id));
});

test('definitions are sent with the first window of a stack, and again after an hour', () => {
  const reader = createProfileReader(parseConfigFile('', 'test'));
  const bytes = encodeProfile(
    profileFromText('block\ncontentions delay stack\n2 7ns sync.(*Mutex).Lock ; main.wait a.go:1'),
  );
  const job = { bytes, labels: [], sampleTypeConfig: undefined, from: undefined, until: undefined };
  const defined = (later: number) => {
    const at = unixMs(now + later);
    return reader.read({ ...job, now: at, window: { start: at, wallMs: 1_000 } }).stacks.length;
  };
  expect([defined(0), defined(1_000), defined(3_600_001), defined(3_600_002)]).toEqual([1, 0, 1, 0]);
});
