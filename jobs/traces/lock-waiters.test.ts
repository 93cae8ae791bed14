import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lockId } from '@/lib/contention/identity';
import { decodePprof } from '@/lib/pprof/decode';
import { toProfile } from '@/lib/pprof/to-profile';
import { profileFromText } from '@/tests/support/profile-from-text';
import { lockWaiters } from './lock-waiters';

const recorded = (name: string) =>
  toProfile(
    decodePprof(readFileSync(new URL(`../../tests/fixtures/go/ordersvc-go1.23-bad/${name}`, import.meta.url)), {
      maxBytes: 1e8,
      maxSamples: 1e6,
      maxDepth: 1e4,
      maxFrames: 1e7,
    }),
  );

test('a recorded service in a stall has hundreds of goroutines in lock waits, between stalls next to none', () => {
  expect(lockWaiters(recorded('w1-stall-goroutine.pb.gz'))).toBeGreaterThan(100);
  expect(lockWaiters(recorded('w1-goroutine.pb.gz'))).toBeLessThan(10);
});

test('of one lock, the goroutines that wait for that lock alone are counted, in all of its functions', () => {
  const park = 'runtime.gopark ; runtime.goparkunlock ; runtime.semacquire1';
  const mutex = `${park} ; internal/sync.runtime_SemacquireMutex ; internal/sync.(*Mutex).lockSlow ; internal/sync.(*Mutex).Lock ; sync.(*Mutex).Lock`;
  const profile = profileFromText(`
    goroutine  0s..0s  go1.24
    goroutine  stack (leaf first)
    1    ${mutex} ; a.(*Store).Get a.go:1
    2    ${mutex} ; a.(*Store).Put a.go:9
    4    ${mutex} ; a.(*Other).Get a.go:20
    8    ${park} ; sync.runtime_SemacquireRWMutexR ; sync.(*RWMutex).RLock ; a.(*Store).Get a.go:3`);
  const rows = new Set([lockId('Mutex', 'a.(*Store).Get')]);
  expect(lockWaiters(profile, { rows, wrappers: [] })).toBe(3);
  expect(lockWaiters(profile)).toBe(15);
});

test("counts Mutex and RWMutex of every Go version, a Once's and a Map's too, and no other wait", () => {
  const park = 'runtime.gopark ; runtime.goparkunlock ; runtime.semacquire1';
  const profile = profileFromText(`
    goroutine  0s..0s  go1.24
    goroutine  stack (leaf first)
    1    ${park} ; sync.runtime_SemacquireMutex ; sync.(*Mutex).lockSlow ; sync.(*Mutex).Lock ; a.A a.go:1
    2    ${park} ; internal/sync.runtime_SemacquireMutex ; internal/sync.(*Mutex).lockSlow ; internal/sync.(*Mutex).Lock ; sync.(*Mutex).Lock ; a.B a.go:2
    4    ${park} ; sync.runtime_SemacquireRWMutexR ; sync.(*RWMutex).RLock ; a.C a.go:3
    8    ${park} ; sync.runtime_SemacquireRWMutex ; sync.(*RWMutex).Lock ; a.D a.go:4
    16   ${park} ; sync.runtime_SemacquireMutex ; sync.(*Mutex).lockSlow ; sync.(*Mutex).Lock ; sync.(*Once).doSlow ; sync.(*Once).Do ; a.E a.go:5
    100  ${park} ; sync.runtime_Semacquire ; sync.(*WaitGroup).Wait ; a.F a.go:6
    100  runtime.gopark ; runtime.chanrecv ; runtime.chanrecv1 ; a.G a.go:7
    100  a.H a.go:8`);
  expect(lockWaiters(profile)).toBe(31);
});
