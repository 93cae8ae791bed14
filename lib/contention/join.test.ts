import { expect, test } from 'vitest';
import { analyseText, printLocks } from '../../tests/support/locks-from-text';

test('one function that locks and unlocks is joined with itself (A), one type with itself (B)', () => {
  const { locks } = analyseText({
    block: `
      block 0s..10s
      contentions delay stack
      900 40s sync.(*Mutex).Lock ; shop.(*Ledger).Reserve l.go:20 ; main.main
      300 90s sync.(*RWMutex).RLock ; shop.(*Config).Get c.go:44 ; main.main`,
    mutex: `
      mutex 0s..10s
      contentions delay stack
      880 41s sync.(*Mutex).Unlock ; shop.(*Ledger).Reserve l.go:24 ; main.main
      300 90s sync.(*RWMutex).Unlock ; shop.(*Config).Reload c.go:56 ; main.main`,
  });
  expect(printLocks(locks)).toBe(`shop.(*Config) RWMutex Strong B R1 agree
  waits 300 RWMutex.RLock shop.(*Config).Get:44
  holder 300 RWMutex.Unlock shop.(*Config).Reload:56
shop.(*Ledger) Mutex Strong A - agree
  waits 900 Mutex.Lock shop.(*Ledger).Reserve:20
  holder 880 Mutex.Unlock shop.(*Ledger).Reserve:24`);
});

test('two package-level locks of one package keep their own holders', () => {
  const { locks } = analyseText({
    block: `
      block 0s..10s
      contentions delay stack
      500 20s sync.(*Mutex).Lock ; shop.Append a.go:5 ; main.main
      400 4s  sync.(*Mutex).Lock ; shop.AddStat a.go:15 ; main.main`,
    mutex: `
      mutex 0s..10s
      contentions delay stack
      10  20s  sync.(*Mutex).Unlock ; shop.Flush a.go:9 ; main.main
      490 1ms  sync.(*Mutex).Unlock ; shop.Append a.go:6 ; main.main
      8   4s   sync.(*Mutex).Unlock ; shop.Dump a.go:19 ; main.main
      392 1ms  sync.(*Mutex).Unlock ; shop.AddStat a.go:16 ; main.main`,
  });
  expect(printLocks(locks)).toBe(`shop.Append Mutex Inferred C - agree
  waits 500 Mutex.Lock shop.Append:5
  holder 10 Mutex.Unlock shop.Flush:9
  holder 490 Mutex.Unlock shop.Append:6
shop.AddStat Mutex Inferred C - agree
  waits 400 Mutex.Lock shop.AddStat:15
  holder 8 Mutex.Unlock shop.Dump:19
  holder 392 Mutex.Unlock shop.AddStat:16`);
});

test('a holder of several waiting functions gathers them', () => {
  const { locks } = analyseText({
    block: `
      block 0s..10s
      contentions delay stack
      200 9s sync.(*Mutex).Lock ; shop.countOrders a.go:5 ; main.main
      100 5s sync.(*Mutex).Lock ; shop.countUsers a.go:8 ; main.main`,
    mutex: `
      mutex 0s..10s
      contentions delay stack
      300 14s sync.(*Mutex).Unlock ; shop.(*Counter).Snapshot a.go:19 ; main.main`,
  });
  expect(locks.map(({ lock }) => [lock.waiters.length, lock.holders.length, lock.link])).toEqual([[2, 1, 'Inferred']]);
});

test('a balanced lock is not drawn into a neighbour', () => {
  const { locks } = analyseText({
    block: `
      block 0s..10s
      contentions delay stack
      200 9s sync.(*Mutex).Lock ; shop.billing a.go:5 ; main.main
      100 5s sync.(*Mutex).Lock ; shop.shipping a.go:8 ; main.main`,
    mutex: `
      mutex 0s..10s
      contentions delay stack
      200 9s sync.(*Mutex).Unlock ; shop.billing a.go:6 ; main.main
      100 5s sync.(*Mutex).Unlock ; shop.shipping a.go:9 ; main.main`,
  });
  expect(locks.map(({ lock, level }) => `${lock.name} ${level}`)).toEqual(['shop.billing A', 'shop.shipping A']);
});

test('across packages only counts and delays that agree make a link (D)', () => {
  const block = `
    block 0s..10s
    contentions delay stack
    254 12s sync.(*RWMutex).RLock ; api.Read a.go:5 ; main.main`;
  const mutexOf = (releases: number) => `
    mutex 0s..10s
    contentions delay stack
    ${releases} 12s sync.(*RWMutex).Unlock ; jobs.reload j.go:9 ; main.main`;
  expect(printLocks(analyseText({ block, mutex: mutexOf(254) }).locks)).toBe(`api.Read RWMutex Inferred D R1 agree
  waits 254 RWMutex.RLock api.Read:5
  holder 254 RWMutex.Unlock jobs.reload:9`);
  expect(analyseText({ block, mutex: mutexOf(90) }).locks.map(({ lock }) => lock.link)).toEqual([
    'Unlinked',
    'Unlinked',
  ]);
});

test('up to Go 1.21, where delays do not add up, an unlock charged beyond its own waits still finds its waiters', () => {
  const { locks } = analyseText({
    goVersions: ['go1.19.8'],
    block: `
      block 0s..10s
      contentions delay stack
      500 200s sync.(*RWMutex).RLock ; shop.Rate a.go:5 ; main.main`,
    mutex: `
      mutex 0s..10s
      contentions delay stack
      500 2s sync.(*RWMutex).Unlock ; shop.Refresh a.go:9 ; main.main`,
  });
  expect(printLocks(locks)).toBe(`shop.Rate RWMutex Inferred C R1 not comparable
  waits 500 RWMutex.RLock shop.Rate:5
  holder 500 RWMutex.Unlock shop.Refresh:9`);
});

test('with a fraction above 1 writers are ranked by the readers they free, for their delay is a lottery', () => {
  const { locks, notes } = analyseText({
    mutexFraction: 100,
    block: `
      block 0s..10s
      contentions delay stack
      2200 800s sync.(*RWMutex).RLock ; shop.(*C).Get a.go:5 ; main.main`,
    mutex: `
      mutex 0s..10s
      contentions delay stack
      2100 60ms  sync.(*RWMutex).Unlock ; shop.(*C).Reload a.go:9 ; main.main
      100  40889s sync.(*RWMutex).Unlock ; shop.(*C).Set a.go:19 ; main.main
      50   200s sync.(*Mutex).Unlock ; sync.(*RWMutex).Unlock ; shop.(*C).Set a.go:19 ; main.main`,
  });
  const holders = locks[0]?.lock.holders.map(({ site, share }) => `${site.function} ${site.kind} ${share?.toFixed(3)}`);
  expect(holders).toEqual([
    `shop.(*C).Reload RWMutex.Unlock ${((800 * 2100) / 2200 / 1000).toFixed(3)}`,
    'shop.(*C).Set RWMutex.Unlock (next writer) 0.200',
    `shop.(*C).Set RWMutex.Unlock ${((800 * 100) / 2200 / 1000).toFixed(3)}`,
  ]);
  expect(notes.map(({ code }) => code)).toContain('mutex-fraction');
});

test('sampled unlocks without waits of their own go to the only waiters near, and to nobody when there are two', () => {
  const rows = (extra: string) => `
    block 0s..10s
    contentions delay stack
    250 12s sync.(*Mutex).Lock ; shop.(*Session).Touch a.go:5 ; main.main${extra}`;
  const mutex = `
    mutex 0s..10s
    contentions delay stack
    210 1s  sync.(*Mutex).Unlock ; shop.(*Session).Touch a.go:6 ; main.main
    20  14s sync.(*Mutex).Unlock ; shop.(*Engine).Rebuild a.go:9 ; main.main`;
  const holders = (extra: string) =>
    analyseText({ mutexFraction: 10, block: rows(extra), mutex }).locks[0]?.lock.holders.map(
      ({ site }) => site.function,
    );
  expect(holders('')).toEqual(['shop.(*Engine).Rebuild', 'shop.(*Session).Touch']);
  const second = '\n40 1s sync.(*Mutex).Lock ; shop.(*Other).Get a.go:20 ; main.main';
  expect(holders(second)).toEqual(['shop.(*Session).Touch']);
});

test('a stray wake-up does not draw a busy lock into another type', () => {
  const { locks } = analyseText({
    block: `
      block 0s..10s
      contentions delay stack
      9000 20s sync.(*Mutex).Lock ; shop.(*Hot).Incr a.go:5 ; main.main`,
    mutex: `
      mutex 0s..10s
      contentions delay stack
      5000 12s  sync.(*Mutex).Unlock ; shop.(*Hot).Incr a.go:5 ; main.main
      2    30us sync.(*Mutex).Unlock ; shop.(*Cold).Set a.go:9 ; main.main`,
  });
  expect(locks.map(({ lock }) => `${lock.name} ${lock.link}`)).toEqual(['shop.(*Hot) Strong', 'shop.(*Cold) Unlinked']);
});
