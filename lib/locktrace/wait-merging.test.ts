import { expect, test } from 'vitest';
import { analysedStory, printedWaits } from '@/tests/support/printed-locks';

const waitsOf = (story: string) => printedWaits(analysedStory(story));

/** G2 is woken at 20, loses the race, and blocks again. */
const reblocks = (between: string, again: string) => `
  10 g2 blocks Mutex.Lock main.get
  20 g1 wakes g2 Mutex.Unlock main.put
  21 g2 runs
  ${between}
  ${again}
  60 g1 wakes g2 Mutex.Unlock main.put
  62 g2 runs
  100 end`;

test('a woken waiter that blocks again within 10 µs in the same call is one wait', () => {
  expect(waitsOf(reblocks('', '31 g2 blocks Mutex.Lock main.get'))).toEqual([
    'g2 Mutex.Lock main.get 10..60..62 by g1 ×2 blocked 39 wake-up 3',
  ]);
});

test.each([
  ['after more than 10 µs', '', '31.1 g2 blocks Mutex.Lock main.get', 'main.get 31.1..60..62'],
  ['in another call', '', '23 g2 blocks Mutex.Lock main.other', 'main.other 23..60..62'],
  [
    'after it woke somebody',
    '22 g2 wakes g3 send main.tell',
    '23 g2 blocks Mutex.Lock main.get',
    'main.get 23..60..62',
  ],
  ['after trace.Log', '22 g2 logs lock="a"', '23 g2 blocks Mutex.Lock main.get', 'main.get 23..60..62'],
  [
    'after a syscall',
    '22 g2 GoSyscallBegin p_seq=1 stack="main.read:1"\n22.5 g2 GoSyscallEnd',
    '23 g2 blocks Mutex.Lock main.get',
    'main.get 23..60..62',
  ],
])('a block %s is another wait', (_, between, again, second) => {
  const waiting = between.includes('g3')
    ? 'g3 waits for chan "runtime.gopark < runtime.chanrecv < runtime.chanrecv1 < main.listen"'
    : '';
  const own = waitsOf(`${waiting}\n${reblocks(between, again)}`).filter((line) => line.startsWith('g2'));
  expect(own).toEqual(['g2 Mutex.Lock main.get 10..20..21 by g1', `g2 Mutex.Lock ${second} by g1`]);
});

test('a waiter that was preempted between being woken and blocking again has begun another wait', () => {
  const waits = waitsOf(`
    10 g2 blocks Mutex.Lock main.get
    20 g1 wakes g2 Mutex.Unlock main.put
    21 g2 runs
    22 g2 GoStop reason_string="preempted" stack="main.get:7"
    23 g2 runs
    24 g2 blocks Mutex.Lock main.get
    30 g1 wakes g2 Mutex.Unlock main.put
    31 g2 runs
    40 end`);
  expect(waits).toHaveLength(2);
});

test('a channel that is received from again and again is as many waits', () => {
  const waits = waitsOf(`
    10 g2 blocks receive main.loop
    20 g1 wakes g2 send main.feed
    21 g2 runs
    22 g2 blocks receive main.loop
    30 g1 wakes g2 send main.feed
    31 g2 runs
    40 end`);
  expect(waits).toEqual(['g2 chan receive main.loop 10..20..21 by g1', 'g2 chan receive main.loop 22..30..31 by g1']);
});

test('a writer queues behind another and then for the readers inside: one wait, with its drain', () => {
  const waits = waitsOf(`
    10 g2 blocks RWMutex.Lock main.set
    30 g1 wakes g2 RWMutex.Unlock-writer main.set
    31 g2 runs
    55 g2 blocks RWMutex.drain main.set
    80 g3 wakes g2 RWMutex.RUnlock main.get
    82 g2 runs
    90 end`);
  expect(waits).toEqual(['g2 RWMutex.Lock main.set 10..80..82 by g3 ×2 blocked 45 wake-up 3 drains 55..80']);
});

test('a writer that drains readers of another lock afterwards waits twice', () => {
  const waits = waitsOf(`
    10 g2 blocks RWMutex.Lock main.set
    30 g1 wakes g2 RWMutex.Unlock-writer main.set
    31 g2 runs
    32 g2 blocks RWMutex.drain main.replace
    80 g3 wakes g2 RWMutex.RUnlock main.get
    82 g2 runs
    90 end`);
  expect(waits).toEqual([
    'g2 RWMutex.Lock main.set 10..30..31 by g1',
    'g2 RWMutex.Lock (readers drain) main.replace 32..80..82 by g3 drains 32..80',
  ]);
});

test('readers block again as mutexes do, a writer that drains never', () => {
  const waits = waitsOf(`
    10 g2 blocks RWMutex.RLock main.get
    10 g3 blocks RWMutex.drain main.set
    20 g1 wakes g2 RWMutex.Unlock main.set
    20 g1 wakes g3 RWMutex.RUnlock main.get
    21 g2 runs
    21 g3 runs
    22 g2 blocks RWMutex.RLock main.get
    22 g3 blocks RWMutex.drain main.set
    30 g1 wakes g2 RWMutex.Unlock main.set
    30 g1 wakes g3 RWMutex.RUnlock main.get
    31 g2 runs
    31 g3 runs
    40 end`);
  expect(waits).toEqual([
    'g2 RWMutex.RLock main.get 10..30..31 by g1 ×2 blocked 18 wake-up 2',
    'g3 RWMutex.Lock (readers drain) main.set 10..20..21 by g1 drains 10..20',
    'g3 RWMutex.Lock (readers drain) main.set 22..30..31 by g1 drains 22..30',
  ]);
});

test('the lock that Cond.Wait takes again is a wait for that lock, marked', () => {
  const waits = waitsOf(`
    10 g2 blocks Cond.Wait main.consume
    20 g1 wakes g2 Cond.Signal main.produce
    21 g2 runs
    22 g2 blocks Cond.relock main.consume
    30 g1 wakes g2 Mutex.Unlock main.produce
    31 g2 runs
    40 end`);
  expect(waits).toEqual([
    'g2 Cond.Wait main.consume 10..20..21 by g1',
    'g2 Mutex.Lock main.consume 22..30..31 by g1 viaCond',
  ]);
});

test('a mutex is handed over when its releaser yields inside Unlock, next after waking the waiter', () => {
  const story = (next: string) => `
    10 g2 blocks Mutex.Lock main.get
    20 g1 wakes g2 Mutex.Unlock main.put
    ${next}
    25 g2 runs
    40 end`;
  expect(waitsOf(story('20.5 g1 hands over'))).toEqual(['g2 Mutex.Lock main.get 10..20..25 by g1 handoff']);
  expect(waitsOf(story('20.5 g1 GoStop reason_string="preempted" stack="main.f:5"'))).toEqual([
    'g2 Mutex.Lock main.get 10..20..25 by g1',
  ]);
  // The yield belongs to an Unlock that woke nobody: something happened since.
  const later = '20.5 g1 GoStop reason_string="preempted" stack="main.f:5"\n21 g1 runs\n22 g1 hands over';
  expect(waitsOf(story(later))).toEqual(['g2 Mutex.Lock main.get 10..20..25 by g1']);
});

test('who runs without having been woken was preempted, and acquired nothing', () => {
  const waits = waitsOf(`
    10 g2 blocks Mutex.Lock main.get
    20 g1 wakes g2 Mutex.Unlock main.put
    40 end`);
  expect(waits).toEqual(['g2 Mutex.Lock main.get 10..20..? by g1 unfinished']);
});
