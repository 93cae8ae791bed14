import { describe, expect, test } from 'vitest';
import { overSampleLimit } from '@/lib/profile/over-limit';
import { analyseText } from '../../tests/support/locks-from-text';

const mixed = `
  block 0s..10s
  contentions delay stack
  300 90s  sync.(*RWMutex).RLock ; shop.(*Config).Get c.go:44 ; main.main
  50  200s runtime.chanrecv2 ; shop.(*Bus).consume b.go:8
  40  30s  runtime.chansend1 ; shop.(*Bus).Publish b.go:20 ; main.main
  3   12s  runtime.selectgo ; net/http/pprof.handler.serveDeltaProfile p.go:9 ; net/http.(*conn).serve
  2   1ms  runtime.chanrecv1 ; runtime.gcBgMarkStartWorkers ; runtime.gcStart ; shop.F f.go:1 ; main.main`;
const unlocks = `
  mutex 0s..10s
  contentions delay stack
  300  90s  sync.(*RWMutex).Unlock ; shop.(*Config).Reload c.go:56 ; main.main
  9000 34ms runtime._LostContendedRuntimeLock`;

const summary = (entries: ReturnType<typeof analyseText>['locks']) =>
  entries.map(({ lock }) => `${lock.name} ${lock.delaySeconds} s, ${lock.waiting.avg} waiting`);

test('locks, waits, idle waits and runtime locks are four lists', () => {
  const analysis = analyseText({ block: mixed, mutex: unlocks });
  expect(summary(analysis.locks)).toEqual(['shop.(*Config) 90 s, 9 waiting']);
  expect(summary(analysis.waits)).toEqual(['shop.(*Bus).Publish 30 s, 3 waiting']);
  expect(summary(analysis.idle)).toEqual([
    'shop.(*Bus).consume 200 s, 20 waiting',
    'pprof.handler.serveDeltaProfile 12 s, 1.2 waiting',
    'runtime.gcBgMarkStartWorkers 0.001 s, 0.0001 waiting',
  ]);
  expect(analysis.runtime.map(({ lock }) => lock.holders.map(({ contentions }) => contentions))).toEqual([[9000]]);
});

test('all delay that was put in comes out in one of the lists', () => {
  const { locks, waits, idle, runtime } = analyseText({ block: mixed, mutex: unlocks });
  const all = [...locks, ...waits, ...idle, ...runtime];
  expect(all.reduce((sum, { lock }) => sum + (lock.delaySeconds ?? 0), 0)).toBeCloseTo(332.001, 9);
  expect(all.flatMap(({ lock }) => lock.holders).reduce((sum, { contentions }) => sum + contentions, 0)).toBe(9300);
});

test('a wait that the user calls idle is idle, even at a lock', () => {
  const { locks, idle } = analyseText({ block: mixed, idleFunctions: ['shop.(*Config).*'] });
  expect(locks).toEqual([]);
  expect(idle.map(({ lock }) => lock.name)).toContain('shop.(*Config)');
});

test('shares are of the list, and of the lock', () => {
  const { locks } = analyseText({
    block: `
      block 0s..10s
      contentions delay stack
      10 30s sync.(*Mutex).Lock ; a.(*X).Add x.go:1 ; main.main
      10 10s sync.(*Mutex).Lock ; a.(*X).Del x.go:9 ; main.main
      10 60s sync.(*Mutex).Lock ; a.(*Y).Add y.go:1 ; main.main`,
  });
  expect(locks.map(({ lock }) => [lock.name, lock.share, lock.waiters.map(({ share }) => share)])).toEqual([
    ['a.(*Y)', 0.6, [1]],
    ['a.(*X)', 0.4, [0.75, 0.25]],
  ]);
});

describe('what is not known is null', () => {
  test('without a length nobody is said to wait, and delay orders the locks', () => {
    const { locks, notes } = analyseText({
      block: `
        block
        contentions delay stack
        10 30s sync.(*Mutex).Lock ; a.(*X).Add x.go:1 ; main.main
        10 60s sync.(*Mutex).Lock ; a.(*Y).Add y.go:1 ; main.main`,
    });
    expect(locks.map(({ lock }) => [lock.name, lock.waiting.avg, lock.waiting.max])).toEqual([
      ['a.(*Y)', null, null],
      ['a.(*X)', null, null],
    ]);
    expect(notes.map(({ code }) => code)).toContain('no-window');
  });

  test('without a block profile holders are listed by what they were charged, and waits are not 0 but unknown', () => {
    const { locks, notes } = analyseText({ mutex: unlocks });
    expect(locks.map(({ lock }) => [lock.name, lock.delaySeconds, lock.waiting.avg, lock.link])).toEqual([
      ['shop.(*Config)', null, null, 'Unlinked'],
    ]);
    expect(notes.map(({ code }) => code)).toContain('no-block-profile');
  });

  test('a lock that only unlocks tell of waited 0 when the block profile was on', () => {
    const block = 'block 0s..10s\ncontentions delay stack\n1 1s sync.(*Mutex).Lock ; a.(*X).Add x.go:1 ; main.main';
    const config = analyseText({ block, mutex: unlocks }).locks.find(({ lock }) => lock.name === 'shop.(*Config)');
    expect([config?.lock.delaySeconds, config?.lock.waiting.avg, config?.lock.meanWaitSeconds]).toEqual([0, 0, null]);
  });
});

test('code without names is counted, and nobody is named for it', () => {
  const { locks, waits, leftOut, notes } = analyseText({
    block: 'block 0s..10s\ncontentions delay stack\n7 3s sync.(*Mutex).Lock ; 0x4a3f21 ; main.main',
  });
  expect([locks, waits]).toEqual([[], []]);
  expect(leftOut).toEqual({
    unsymbolised: { reason: 'no function name in the profile', block: { sites: 1, delaySeconds: 3, contentions: 7 } },
  });
  expect(notes.map(({ code }) => code)).toContain('unsymbolised');
});

test('stacks beyond the limit of samples are told with their value, and are no lock and no wait', () => {
  const { locks, waits, idle, leftOut, notes } = analyseText({
    block: `block 0s..10s\ncontentions delay stack\n7 3s ${overSampleLimit}`,
    mutex: `mutex 0s..10s\ncontentions delay stack\n2 1s ${overSampleLimit}`,
  });
  expect([locks, waits, idle]).toEqual([[], [], []]);
  expect(leftOut).toEqual({
    over_sample_limit: {
      reason: 'stacks beyond the limit of samples a profile (limits.samples), added up when they came',
      block: { delaySeconds: 3, contentions: 7 },
      mutex: { delaySeconds: 1, contentions: 2 },
    },
  });
  expect(notes.find(({ code }) => code === 'over-sample-limit')?.message.replace(/\s/g, ' ')).toBe(
    'profiles had more stacks than the limit: 3 s in 7 waits and 1 s in 2 releases are counted, but stand at no lock; their stacks were not kept',
  );
});

test('no number of the analysis is a percentile', () => {
  const text = JSON.stringify(analyseText({ block: mixed, mutex: unlocks }), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  expect(text).not.toMatch(/p\d\d\b|percentile|quantile/i);
});
