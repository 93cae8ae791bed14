import { expect, test } from 'vitest';
import { decodePprof } from '@/lib/pprof/decode';
import { toProfile } from '@/lib/pprof/to-profile';
import { readFixture } from '@/tests/support/go-fixtures';
import { profileFromText } from '@/tests/support/profile-from-text';
import { deltaProfile } from './delta';
import { dumpProfile } from './dump';
import { totalsOf } from './filter';
import { mergeProfiles } from './merge';

const read = (name: string) => toProfile(decodePprof(readFixture(name)));
const body = (text: string) => text.split('\n').slice(3).join('\n');

test('the windows of a recording add up to the last profile minus the first', () => {
  const profiles = [0, 1, 2, 3].map((window) => read(`ordersvc-go1.23-bad/w${window}-block.pb.gz`));
  const windows = profiles.slice(1).map((later, i) => deltaProfile(later, profiles[i] ?? later));
  expect(windows.map(({ restarted, fell }) => ({ restarted, fell }))).toEqual(
    Array(3).fill({ restarted: false, fell: 0 }),
  );
  const [first, last] = [profiles[0], profiles[3]];
  if (first === undefined || last === undefined) throw new Error('four profiles were read');
  const whole = deltaProfile(last, first).profile;
  const sum = mergeProfiles(windows.map(({ profile }) => profile));
  expect({ ...sum, timeNanos: 0n }).toEqual({ ...whole, timeNanos: 0n });
  expect(whole.durationNanos).toBe(last.timeNanos - first.timeNanos);
});

test('a restart shows by values that fall, and the new process counts from zero', () => {
  const later = read('edge-restart-go1.26/second-process-w1-block.pb.gz');
  const delta = deltaProfile(later, read('edge-restart-go1.26/first-process-w2-block.pb.gz'));
  expect(delta.restarted).toBe(true);
  expect(delta.fell).toBeGreaterThan(0);
  expect(totalsOf(delta.profile)).toEqual(totalsOf(later));
});

test('a stack that vanished is a restart too', () => {
  const earlier = profileFromText(`
    block
    contentions delay stack
    1 5ms sync.(*Mutex).Lock ; a.A a.go:1
    1 5ms sync.(*Mutex).Lock ; b.B b.go:1`);
  const later = profileFromText(`
    block
    contentions delay stack
    9 9ms sync.(*Mutex).Lock ; a.A a.go:1`);
  expect(deltaProfile(later, earlier)).toMatchObject({ restarted: true, fell: 1 });
});

test('another binary is a restart even when every value rose', () => {
  const text = 'block\ncontentions delay stack\n1 5ms sync.(*Mutex).Lock ; a.A a.go:1';
  const mapping = { start: 1n, limit: 2n, offset: 0n, file: 'svc', buildId: 'one' };
  const earlier = { ...profileFromText(text), mappings: [mapping] };
  const later = { ...profileFromText(text), mappings: [{ ...mapping, buildId: 'two' }] };
  const delta = deltaProfile(later, earlier);
  expect(delta).toMatchObject({ restarted: true, fell: 0 });
  expect(totalsOf(delta.profile)).toEqual([1n, 5_000_000n]);
});

test('allocations are subtracted and heap in use is kept as it is', () => {
  const heap = (rows: string) =>
    profileFromText(`heap\nalloc_objects alloc_space inuse_objects inuse_space stack\n${rows}`);
  const earlier = heap('10 1000 5 500 main.fill a.go:1\n1 10 1 10 main.gone a.go:2');
  const later = heap('12 1200 3 300 main.fill a.go:1\n1 10 0 0 main.gone a.go:2');
  const delta = deltaProfile(later, earlier);
  expect(delta.restarted).toBe(false);
  expect(body(dumpProfile(delta.profile))).toBe('2 200 3 300 main.fill a.go:1\n');
});

test('the same stack at other addresses is the same stack', () => {
  const first = read('edge-restart-go1.26/first-process-w1-mutex.pb.gz');
  const delta = deltaProfile(first, first);
  expect(delta).toMatchObject({ restarted: false, fell: 0 });
  expect(delta.profile.samples.length).toBe(0);
});

test('profiles of different types are refused', () => {
  const block = profileFromText('block\ncontentions delay stack\n1 1ms a.A');
  const goroutine = profileFromText('goroutine\ngoroutine stack\n1 a.A');
  const refused = expect.objectContaining({ code: 'profile.mismatch' });
  expect(() => deltaProfile(block, goroutine)).toThrow(refused);
  expect(() => mergeProfiles([block, goroutine])).toThrow(refused);
  expect(() => mergeProfiles([])).toThrow(refused);
});
