import { expect, test } from 'vitest';
import { analyseText, printLocks } from '../../tests/support/locks-from-text';

const convoy = (readers: string, writer: string) => ({
  block: `
    block 0s..3s
    contentions delay stack
    400 ${readers} sync.(*RWMutex).RLock ; shop.(*Store).Get s.go:91 ; main.main
    4   ${writer}  sync.(*RWMutex).Lock ; shop.(*Store).Put s.go:97 ; main.main`,
  mutex: `
    mutex 0s..3s
    contentions delay stack
    400 ${readers} sync.(*RWMutex).Unlock ; shop.(*Store).Put s.go:98 ; main.main
    4   ${writer}  sync.(*RWMutex).RUnlock ; shop.(*Store).Scan s.go:94 ; main.main`,
});

test('a slow reader is blamed, the writer that queued behind it only released the readers', () => {
  expect(printLocks(analyseText(convoy('73s', '740ms')).locks)).toBe(`shop.(*Store) RWMutex Strong B R3 agree
  waits 400 RWMutex.RLock shop.(*Store).Get:91
  waits 4 RWMutex.Lock (readers drain) shop.(*Store).Put:97
  holder 4 RWMutex.RUnlock shop.(*Store).Scan:94
  releaser 400 RWMutex.Unlock shop.(*Store).Put:98`);
});

test('readers that arrive evenly wait half as long as the writer: still a convoy', () => {
  expect(analyseText(convoy('37s', '740ms')).locks[0]?.lock.pattern).toBe('R3');
});

test('a writer that hardly waited for readers held the lock itself', () => {
  const [entry] = analyseText(convoy('73s', '40ms')).locks;
  expect([entry?.lock.pattern, entry?.lock.holders[0]?.site.function, entry?.lock.holders[0]?.role]).toEqual([
    'R1',
    'shop.(*Store).Put',
    'holder',
  ]);
});

test('many short writers are neither', () => {
  const [entry] = analyseText({
    block: `
      block 0s..3s
      contentions delay stack
      8900 17s sync.(*RWMutex).RLock ; shop.(*Store).Get s.go:91 ; main.main
      9000 2s  sync.(*RWMutex).Lock ; shop.(*Store).Put s.go:97 ; main.main
      9900 19s sync.(*Mutex).Lock ; sync.(*RWMutex).Lock ; shop.(*Store).Put s.go:97 ; main.main`,
    mutex: `
      mutex 0s..3s
      contentions delay stack
      8900 3s  sync.(*RWMutex).Unlock ; shop.(*Store).Put s.go:98 ; main.main
      9000 2s  sync.(*RWMutex).RUnlock ; shop.(*Store).Get s.go:91 ; main.main
      9900 20s sync.(*Mutex).Unlock ; sync.(*RWMutex).Unlock ; shop.(*Store).Put s.go:98 ; main.main`,
  }).locks;
  expect([entry?.lock.pattern, entry?.lock.holders[0]?.site.kind]).toEqual([null, 'RWMutex.Unlock (next writer)']);
});

test('the hold is estimated from what the waits allow, and not otherwise', () => {
  const [longWriter] = analyseText(convoy('73s', '40ms')).locks;
  expect(longWriter?.holdSeconds).toMatchObject({ low: 0.1825, high: 0.365 });
  const [saturated] = analyseText({
    block: `
      block 0s..10s
      contentions delay stack
      1000 40s sync.(*Mutex).Lock ; shop.(*L).Add l.go:2 ; main.main`,
    mutex: 'mutex 0s..10s\ncontentions delay stack\n1000 40s sync.(*Mutex).Unlock ; shop.(*L).Add l.go:3 ; main.main',
  }).locks;
  expect(saturated?.holdSeconds?.low).toBeCloseTo(0.01, 12);
  const [mild] = analyseText({
    block: `
      block 0s..10s
      contentions delay stack
      10 1s sync.(*Mutex).Lock ; shop.(*L).Add l.go:2 ; main.main`,
  }).locks;
  expect(mild?.holdSeconds).toBeUndefined();
});
