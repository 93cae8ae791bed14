import { describe, expect, test } from 'vitest';
import { analysedStory, printedDoing } from '@/tests/support/printed-locks';
import { nothingDone } from './doing';

describe('the collector’s share of waiting', () => {
  const { locks } = analysedStory(`
    10 g9 GCBegin gc_seq=1
    20 g2 blocks Mutex.Lock main.get
    30 g9 GCEnd gc_seq=2
    40 g1 wakes g2 Mutex.Unlock main.put
    45 g2 runs
    50 g9 STWBegin kind_string="read mem stats"
    50 g3 blocks Mutex.Lock main.get
    55 g9 STWEnd
    60 g1 wakes g3 Mutex.Unlock main.put
    61 g3 runs
    70 g4 blocks receive main.listen
    80 g9 GCBegin gc_seq=3
    100 end`);

  test('counts mark phases, one open at the end up to there, and stopped worlds', () => {
    expect(locks.gc).toMatchObject({ cycles: 2, markNs: 40_000, stwNs: 5_000, longestStwNs: 5_000 });
  });

  test('is what of the waits for locks lies inside, and the lift is that over the share of time', () => {
    // 30 µs waited for locks: 10 in a mark phase, 5 in a stopped world. The channel counts for nothing.
    expect(locks.gc.waitShare).toBeCloseTo(10 / 30, 12);
    expect(locks.gc.lift).toBeCloseTo(10 / 30 / 0.4, 12);
    expect(locks.gc.stwWaitShare).toBeCloseTo(5 / 30, 12);
    expect(locks.gc.stwLift).toBeCloseTo(5 / 30 / 0.05, 12);
  });

  test('is not known without a cycle, or without waits', () => {
    const none = analysedStory('20 g2 blocks Mutex.Lock main.get\n40 g1 wakes g2 Mutex.Unlock main.put\n60 end');
    expect(none.locks.gc).toMatchObject({ cycles: 0, waitShare: null, lift: null, stwWaitShare: null, stwLift: null });
    const idle = analysedStory('10 g9 GCBegin gc_seq=1\n30 g9 GCEnd gc_seq=2\n60 end');
    expect(idle.locks.gc).toMatchObject({ cycles: 1, markNs: 20_000, waitShare: null, lift: null });
  });

  test('counts time that two stops share once', () => {
    const { locks: twice } = analysedStory(`
      10 g8 STWBegin kind_string="a"
      20 g9 STWBegin kind_string="b"
      30 g8 STWEnd
      40 g9 STWEnd
      100 end`);
    expect(twice.gc).toMatchObject({ stwNs: 30_000, longestStwNs: 20_000 });
  });
});

describe('what a holder did in the certain part of its hold', () => {
  const { locks } = analysedStory(`
    10 g2 blocks Mutex.Lock main.get
    12 g1 GCMarkAssistBegin
    15 g1 GCMarkAssistEnd
    20 g1 GoSyscallBegin p_seq=1 stack="syscall.Read:1"
    24 g1 GoSyscallEnd
    30 g1 blocks Mutex.Lock main.inner
    37 g3 wakes g1 Mutex.Unlock main.inner
    38 g1 runs
    40 g1 blocks network main.query
    51 g0 wakes g1
    53 g1 runs
    60 g1 blocks sleep main.pause
    73 g0 wakes g1
    74 g1 runs
    80 g1 blocks send main.tell
    86 g3 wakes g1 receive main.hear
    87 g1 runs
    88 g1 GCMarkAssistBegin
    89 g1 blocks assist main.alloc
    94 g0 wakes g1
    95 g1 runs
    97 g1 GCMarkAssistEnd
    100 g1 wakes g2 Mutex.Unlock main.put
    101 g2 runs
    120 end`);
  const holder = locks.locks.flatMap(({ holders }) => holders).find(({ waitReleasedNs }) => waitReleasedNs === 90_000);

  test('has each state, a mark assist being the collector’s', () => {
    expect(printedDoing(holder?.doing ?? nothingDone())).toBe(
      'running 32 runnable 6 syscall 4 network 11 lock 7 sleep 13 gc 11 other 6',
    );
  });

  test('adds up to that part, and the assists of all holds are the collector’s share', () => {
    expect(Object.values(holder?.doing ?? {}).reduce((sum, ns) => sum + ns, 0)).toBe(90_000);
    expect(locks.gc.assistInHoldsNs).toBe(holder?.doing.gc);
  });
});
