import { describe, expect, test } from 'vitest';
import { analysedStory, printedHolds } from '@/tests/support/printed-locks';

const holdsOf = (story: string) => printedHolds(analysedStory(story));

describe('the start of a hold', () => {
  test('is bounded when its holder had not waited: it is certain since its first victim waits', () => {
    expect(
      holdsOf(`
        10 g2 blocks Mutex.Lock main.get
        20 g1 wakes g2 Mutex.Unlock main.put
        21 g2 runs
        40 end`),
    ).toEqual(['g1 mutex main.put bounded 0..10..20 woke 1 ended 10']);
  });

  test('is exact when its holder waited: where it runs', () => {
    expect(
      holdsOf(`
        10 g2 blocks Mutex.Lock main.get
        20 g1 wakes g2 Mutex.Unlock main.put
        21 g2 runs
        25 g3 blocks Mutex.Lock main.get
        30 g2 wakes g3 Mutex.Unlock main.get
        31 g3 runs
        40 end`).at(-1),
    ).toBe('g2 mutex main.get exact 21..30 woke 1 ended 5');
  });

  test('is where it was granted when the mutex was handed over', () => {
    expect(
      holdsOf(`
        10 g2 blocks Mutex.Lock main.get
        11 g3 blocks Mutex.Lock main.get
        20 g1 wakes g2 Mutex.Unlock main.put
        20.5 g1 hands over
        24 g2 runs
        30 g2 wakes g3 Mutex.Unlock main.get
        31 g3 runs
        40 end`).at(-1),
    ).toBe('g2 mutex main.get exact 20..30 woke 1 ended 19');
  });

  test('of a writer is where it runs after the last reader let it go, even when it got the writers’ mutex handed over', () => {
    expect(
      holdsOf(`
        10 g2 blocks RWMutex.Lock main.set
        12 g3 blocks RWMutex.RLock main.get
        20 g1 wakes g3 RWMutex.Unlock main.set
        20.1 g1 wakes g2 RWMutex.Unlock-writer main.set
        20.5 g1 hands over
        21 g2 runs
        21 g3 runs
        22 g2 blocks RWMutex.drain main.set
        25 g4 blocks RWMutex.RLock main.get
        30 g3 wakes g2 RWMutex.RUnlock main.get
        32 g2 runs
        40 g2 wakes g4 RWMutex.Unlock main.set
        41 g4 runs
        50 end`),
    ).toEqual([
      'g1 write main.set bounded 0..10..20 woke 2 ended 8',
      'g3 read main.get bounded 21..22..30 woke 1 ended 20',
      'g2 write main.set exact 32..40 woke 1 ended 15',
    ]);
  });

  test('is unknown when a holder that never waited wakes somebody who queued before its own last release', () => {
    expect(
      holdsOf(`
        5 g3 blocks Mutex.Lock main.get
        6 g2 blocks Mutex.Lock main.get
        20 g1 wakes g3 Mutex.Unlock main.put
        30 g1 wakes g2 Mutex.Unlock main.put
        31 g2 runs
        32 g3 runs
        40 end`),
    ).toEqual([
      'g1 mutex main.put bounded 0..5..20 woke 1 ended 15',
      'g1 mutex main.put unknown 20..30..30 woke 1 ended 24',
    ]);
  });

  test('is not exact when another goroutine has released the lock since', () => {
    expect(
      holdsOf(`
        10 g2 blocks Mutex.Lock main.get
        20 g1 wakes g2 Mutex.Unlock main.put
        21 g2 runs
        25 g3 blocks Mutex.Lock main.get
        30 g1 wakes g3 Mutex.Unlock main.put
        31 g3 runs
        35 g4 blocks Mutex.Lock main.get
        50 g2 wakes g4 Mutex.Unlock main.get
        51 g4 runs
        60 end`).at(-1),
    ).toBe('g2 mutex main.get bounded 20..35..50 woke 1 ended 15');
  });

  test('is not exact when another let go of the same instance since, though its victim queued all the while', () => {
    // While a woken waiter has yet to run, Unlock wakes nobody: G2 let go unseen and came again.
    expect(
      holdsOf(`
        10 g2 blocks Mutex.Lock main.use
        11 g3 blocks Mutex.Lock main.use
        20 g1 wakes g2 Mutex.Unlock main.use
        21 g2 runs
        30 g5 wakes g3 Mutex.Unlock main.use
        31 g3 runs
        32 g3 blocks Mutex.Lock main.use
        50 g2 wakes g3 Mutex.Unlock main.use
        51 g3 runs
        60 end`).at(-1),
    ).toBe('g2 mutex main.use unknown 30..50..50 woke 1 ended 39');
  });

  test('of a reader is never exact: others come and go unseen', () => {
    expect(
      holdsOf(`
        10 g2 blocks RWMutex.RLock main.get
        20 g1 wakes g2 RWMutex.Unlock main.set
        21 g2 runs
        25 g3 blocks RWMutex.drain main.set
        40 g2 wakes g3 RWMutex.RUnlock main.get
        41 g3 runs
        50 end`).at(-1),
    ).toBe('g2 read main.get bounded 21..25..40 woke 1 ended 15');
  });
});

test.each([
  ['a mutex', 'sync.(*Mutex).Lock', 'sync.(*Mutex).Unlock'],
  ['a sync.Map', 'internal/sync.(*HashTrieMap[...]).Swap', 'internal/sync.(*HashTrieMap[...]).Swap'],
  ['the readers of a lock', 'sync.(*RWMutex).Lock', 'sync.(*RWMutex).RUnlock'],
])('each release of %s is one of its own, though one follows another at the same place', (_, lock, unlock) => {
  const told = analysedStory(`
    10 g2 blocks sync "${lock} < main.use:1"
    11 g3 blocks sync "${lock} < main.use:1"
    20 g1 wakes g2 sync "${unlock} < main.use:2"
    28 g1 wakes g3 sync "${unlock} < main.use:2"
    29 g2 runs
    30 g3 runs
    40 end`);
  expect(told.locks.locks[0]?.holders[0]).toMatchObject({ releases: 2, waitReleasedNs: 27_000 });
  expect(told.locks.locks[0]?.episodes).toBe(2);
});

describe('a hold that had not ended with the trace', () => {
  const stuck = (second: string) => `
    10 g2 blocks Mutex.Lock main.get
    ${second}
    20 g1 wakes g2 Mutex.Unlock main.put
    21 g2 runs
    25 g2 blocks receive main.never
    30 g3 blocks Mutex.Lock main.get
    32 g4 blocks Mutex.Lock main.get
    100 end`;

  test('has its holder when somebody queued since before it was acquired: a release would have woken that one', () => {
    expect(holdsOf(stuck('15 g5 blocks Mutex.Lock main.get'))).toEqual([
      'g1 mutex main.put bounded 0..10..20 woke 1 ended 10',
      'g2 mutex main.get exact 21..? woke 0 ended 0',
    ]);
  });

  test('has none when all came later: who acquired last may have let go since, unseen', () => {
    expect(holdsOf(stuck(''))).toEqual(['g1 mutex main.put bounded 0..10..20 woke 1 ended 10']);
  });
});
