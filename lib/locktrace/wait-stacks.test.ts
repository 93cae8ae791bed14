import { describe, expect, test } from 'vitest';
import { analysedStory, printedWaits } from '@/tests/support/printed-locks';

/** The wait of a goroutine that blocks with a stack, with the frames that Go's own block events leave. */
const blocked = (reason: string, stack: string, version?: string) =>
  printedWaits(
    analysedStory(`10 g2 blocks ${reason.replaceAll(' ', '_')} "${stack}"\n20 g0 wakes g2\n21 g2 runs\n30 end`, {
      version,
    }),
  ).map((line) => line.replace(/^g2 | 10\.\.20\.\.21/g, ''));

/** The wait of a goroutine that has waited since before the trace, with all frames and no reason. */
const stated = (stack: string, version: string) =>
  printedWaits(analysedStory(`g2 waits for sync "${stack}"\n30 end`, { version })).map((line) =>
    line.replace(/^g2 | 0\.\.\?\.\.\?| beganBefore unfinished/g, ''),
  );

const park = 'runtime.gopark < runtime.goparkunlock < runtime.semacquire1 < ';
const oldSlow = `${park}sync.runtime_SemacquireMutex < sync.(*Mutex).lockSlow < sync.(*Mutex).Lock < `;
const newSlow = `${park}internal/sync.runtime_SemacquireMutex < internal/sync.(*Mutex).lockSlow < internal/sync.(*Mutex).Lock < sync.(*Mutex).Lock < `;

describe.each(['go1.22', 'go1.23', 'go1.25', 'go1.26'])('a trace of format %s', (version) => {
  test.each([
    ['sync.(*Mutex).Lock < main.f:1', 'Mutex.Lock main.f'],
    ['sync.(*Mutex).Lock < sync.(*RWMutex).Lock < main.f:1', 'RWMutex.Lock main.f'],
    ['sync.(*RWMutex).Lock < main.f:1', 'RWMutex.Lock (readers drain) main.f drains 10..20'],
    ['sync.(*RWMutex).RLock < main.f:1', 'RWMutex.RLock main.f'],
    ['sync.(*RWMutex).RLock < sync.(*rlocker).Lock < main.f:1', 'RWMutex.RLock main.f'],
    ['sync.(*Mutex).Lock < sync.(*Once).doSlow < sync.(*Once).Do < main.f:1', 'Once.Do main.f'],
    ['sync.(*Mutex).Lock < sync.(*Map).Load < main.f:1', 'sync.Map main.f'],
    ['internal/sync.(*HashTrieMap[...]).Swap < sync.(*Map).Swap < main.f:1', 'sync.Map main.f'],
    ['sync.(*Mutex).Lock < sync.(*Pool).pinSlow < sync.(*Pool).pin < sync.(*Pool).Get < main.f:1', 'sync.Pool main.f'],
    ['sync.(*WaitGroup).Wait < main.f:1', 'WaitGroup.Wait main.f'],
    ['internal/poll.(*fdMutex).rwlock < internal/poll.(*FD).Read < net.(*netFD).Read:1', 'fdMutex net.(*netFD).Read'],
    ['sync.(*Mutex).Lock < sync.(*Cond).Wait < main.f:1', 'Mutex.Lock main.f viaCond'],
    ['sync.(*RWMutex).RLock < sync.(*rlocker).Lock < sync.(*Cond).Wait < main.f:1', 'RWMutex.RLock main.f viaCond'],
    // A frame that Go may stop to hide.
    ['runtime.semacquire1 < sync.runtime_SemacquireMutex < sync.(*Mutex).Lock < main.f:1', 'Mutex.Lock main.f'],
  ])('a block in %s', (stack, kind) => {
    expect(blocked('sync', stack, version)).toEqual([kind]);
  });
});

describe.each([
  ['go1.23', oldSlow],
  ['go1.23', newSlow],
  ['go1.25', newSlow],
  ['go1.26', newSlow],
])('a trace of format %s, where statuses have full stacks', (version, slow) => {
  test.each([
    [`${slow}main.f:1`, 'Mutex.Lock main.f'],
    [`${slow}sync.(*RWMutex).Lock < main.f:1`, 'RWMutex.Lock main.f'],
    [
      `${park}sync.runtime_SemacquireRWMutex < sync.(*RWMutex).Lock < main.f:1`,
      'RWMutex.Lock (readers drain) main.f drains 0..?',
    ],
    [`${park}sync.runtime_SemacquireRWMutexR < sync.(*RWMutex).RLock < main.f:1`, 'RWMutex.RLock main.f'],
    [`${slow}sync.(*Once).doSlow < sync.(*Once).Do < main.f:1`, 'Once.Do main.f'],
    [`${slow}sync.(*Map).Store < main.f:1`, 'sync.Map main.f'],
    [`${slow}sync.(*Pool).pinSlow < sync.(*Pool).Get < main.f:1`, 'sync.Pool main.f'],
    [`${slow}sync.(*Cond).Wait < main.f:1`, 'Mutex.Lock main.f viaCond'],
    [`${park}sync.runtime_SemacquireWaitGroup < sync.(*WaitGroup).Wait < main.f:1`, 'WaitGroup.Wait main.f'],
    [`${park}sync.runtime_Semacquire < sync.(*WaitGroup).Wait < main.f:1`, 'WaitGroup.Wait main.f'],
    [
      `${park}internal/poll.runtime_Semacquire < internal/poll.(*fdMutex).rwlock < internal/poll.(*FD).Read < net.(*netFD).Read:1`,
      'fdMutex net.(*netFD).Read',
    ],
    [
      'runtime.gopark < runtime.goparkunlock < sync.runtime_notifyListWait < sync.(*Cond).Wait < main.f:1',
      'Cond.Wait main.f',
    ],
    ['runtime.gopark < runtime.chansend < runtime.chansend1 < main.f:1', 'chan send main.f'],
    ['runtime.gopark < runtime.chanrecv < runtime.chanrecv2 < main.f:1', 'chan receive main.f'],
  ])('a goroutine stated in %s', (stack, kind) => {
    expect(stated(stack, version)).toEqual([kind]);
  });

  test.each([
    'runtime.gopark < time.Sleep < main.f:1',
    'runtime.gopark < runtime.selectgo < main.f:1',
    'runtime.gopark < runtime.netpollblock < internal/poll.runtime_pollWait < internal/poll.(*FD).Read < main.f:1',
  ])('no wait is stated in %s', (stack) => {
    expect(stated(stack, version)).toEqual([]);
  });
});

test('a select is a wait where it is the semaphore of x/sync, and nowhere else', () => {
  const semaphore = 'runtime.selectgo < golang.org/x/sync/semaphore.(*Weighted).Acquire:74 < main.fetch:9';
  expect(blocked('select', semaphore)).toHaveLength(1);
  expect(blocked('select', 'runtime.selectgo < main.fetch:9')).toEqual([]);
});

test.each(['runtime.gcStart', 'runtime.gcMarkDone', 'runtime.stopTheWorldGC', 'runtime.traceAdvance'])(
  'a wait for the runtime’s semaphore in %s is nobody’s lock',
  (leaf) => {
    expect(blocked('sync', `runtime.semacquire < ${leaf} < runtime.mallocgc < main.f:1`)).toEqual([]);
  },
);

test('network, sleep and the collector are no waits for locks', () => {
  expect(blocked('network', 'internal/poll.runtime_pollWait < net.(*conn).Read:1')).toEqual([]);
  expect(blocked('sleep', 'time.Sleep < main.f:1')).toEqual([]);
  expect(blocked('GC mark assist wait for work', 'runtime.gcAssistAlloc < main.f:1')).toEqual([]);
});
