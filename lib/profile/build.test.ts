import { expect, test } from 'vitest';
import { profileFromText } from '@/tests/support/profile-from-text';
import { buildProfile } from './build';
import { dumpProfile } from './dump';
import { exactValue } from './frame';

const delay = { sampleTypes: [{ type: 'delay', unit: 'nanoseconds' }] };
const at = (name: string, line: number) => ({ function: name, file: 'a.go', line, startLine: 1 });

test('keeps two Unlock() lines of one function apart and adds up equal stacks', () => {
  const profile = profileFromText(`
    mutex  0s..10s  go1.24
    contentions  delay   stack (leaf first)
    3            20ms    sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:95 ; http.serve srv.go:31
    12           340ms   sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:88+80 ; http.serve srv.go:31
    1            1us     {endpoint=/order} sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:95
    4            5ms     sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:95 ; http.serve srv.go:31`);
  expect(dumpProfile(profile)).toBe(`types contentions/count delay/nanoseconds
period contentions/count 1
time 10000000000 duration 10000000000
comment "go1.24"
12 340000000 sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:88+80 ; http.serve srv.go:31
7 25000000 sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:95 ; http.serve srv.go:31
1 1000 {endpoint: "/order"} sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:95
`);
});

test('the order of rows does not matter and unused names are gone', () => {
  const rows = [
    { frames: [at('b', 2), at('a', 1)], values: [5] },
    { frames: [at('a', 1)], values: [7], labels: [{ key: 'k', value: 'v' }] },
    { frames: [], values: [1] },
  ];
  const profile = buildProfile(delay, rows);
  expect(profile).toEqual(buildProfile(delay, [...rows].reverse()));
  expect(profile.strings).toEqual(['', 'a', 'a.go', 'b']);
  expect([...profile.functions.name]).toEqual([1, 3]);
  expect([...profile.stacks.offsets]).toEqual([0, 0, 1, 3]);
  expect(profile.labelSets).toEqual([[], [{ key: 'k', value: 'v' }]]);
  expect([...(profile.samples.values[0] ?? [])]).toEqual([1, 7, 5]);
});

test('sums beyond 2^53 stay exact, and come back when they fall', () => {
  const frames = [at('a', 1)];
  const large = buildProfile(delay, [
    { frames, values: [Number.MAX_SAFE_INTEGER] },
    { frames, values: [2] },
  ]);
  expect(exactValue(large, 0, 0)).toBe(2n ** 53n + 1n);
  const fallen = buildProfile(delay, [
    { frames, values: [Number.MAX_SAFE_INTEGER] },
    { frames, values: [2] },
    { frames, values: [-(2n ** 53n)] },
  ]);
  expect(exactValue(fallen, 0, 0)).toBe(1n);
  expect(fallen.samples.wide[0]?.size).toBe(0);
});

test('a fraction or a wrong number of values is refused', () => {
  const refused = expect.objectContaining({ code: 'profile.value' });
  expect(() => buildProfile(delay, [{ frames: [], values: [0.5] }])).toThrow(refused);
  expect(() => buildProfile(delay, [{ frames: [], values: [1, 2] }])).toThrow(refused);
});
