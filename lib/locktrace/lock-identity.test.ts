import { describe, expect, test } from 'vitest';
import { analysedStory, type Printer, printedHolds, printedLocks, printedWaits } from '@/tests/support/printed-locks';

/** Goroutines whose waits are one episode, each episode's in order. */
function episodesOf({ trace, locks: { waits } }: Printer): string[] {
  const episodes = new Map<number, string[]>();
  for (let row = 0; row < waits.count; row += 1) {
    const episode = waits.episode[row] ?? 0;
    const who = `g${trace.goroutines.id[waits.goroutine[row] ?? 0]}`;
    episodes.set(episode, [...(episodes.get(episode) ?? []), who]);
  }
  return [...episodes.values()].map((waiters) => waiters.join('+'));
}

describe('an episode', () => {
  const two = (between: string) =>
    analysedStory(`
      10 g2 blocks Mutex.Lock main.use
      11 g3 blocks Mutex.Lock main.use
      20 g1 wakes g2 Mutex.Unlock main.use
      21 g2 runs
      ${between}
      30 g2 wakes g3 Mutex.Unlock main.use
      31 g3 runs
      40 end`);

  test('goes on from a wait to whom its goroutine wakes next, in the same function', () => {
    expect(episodesOf(two(''))).toEqual(['g2+g3']);
  });

  test.each([
    ['blocked', '22 g2 blocks sleep main.use\n23 g0 wakes g2\n24 g2 runs'],
    ['was preempted', '22 g2 GoStop reason_string="preempted" stack="main.use:7"\n24 g2 runs'],
  ])('ends where the holder %s in between: it may be another instance', (_, between) => {
    expect(episodesOf(two(between))).toEqual(['g2', 'g3']);
  });

  test('does not go on in another function', () => {
    expect(
      episodesOf(
        analysedStory(`
          10 g2 blocks Mutex.Lock main.use
          11 g3 blocks Mutex.Lock main.use
          20 g1 wakes g2 Mutex.Unlock main.use
          21 g2 runs
          30 g2 wakes g3 Mutex.Unlock main.other
          31 g3 runs
          40 end`),
      ),
    ).toEqual(['g2', 'g3']);
  });

  test('has all readers, and the next writer, that one Unlock wakes', () => {
    expect(
      episodesOf(
        analysedStory(`
          10 g2 blocks RWMutex.RLock main.get
          11 g3 blocks RWMutex.RLock main.get
          12 g4 blocks RWMutex.Lock main.set
          20 g1 wakes g2 RWMutex.Unlock main.set
          20.1 g1 wakes g3 RWMutex.Unlock main.set
          20.2 g1 wakes g4 RWMutex.Unlock-writer main.set
          40 end`),
      ),
    ).toEqual(['g2+g3+g4']);
  });

  test('does not have whom the Unlock of another shard wakes, right after and at the same place', () => {
    expect(
      episodesOf(
        analysedStory(`
          10 g2 blocks Mutex.Lock main.use
          11 g3 blocks Mutex.Lock main.use
          12 g4 blocks RWMutex.Lock main.set
          13 g5 blocks RWMutex.RLock main.get
          20 g1 wakes g2 Mutex.Unlock main.flush
          20.1 g1 wakes g3 Mutex.Unlock main.flush
          21 g1 wakes g4 RWMutex.Unlock-writer main.all
          22 g1 wakes g5 RWMutex.Unlock main.all
          40 end`),
      ),
    ).toEqual(['g2', 'g3', 'g4', 'g5']);
  });
});

describe('a lock', () => {
  test('has every place that a release connects, of one family', () => {
    const told = analysedStory(`
      10 g2 blocks Mutex.Lock main.get
      11 g3 blocks Mutex.Lock main.size
      12 g4 blocks Mutex.Lock main.other
      12 g5 blocks RWMutex.RLock main.get
      20 g1 wakes g2 Mutex.Unlock main.put
      21 g1 wakes g3 Mutex.Unlock main.put
      22 g6 wakes g4 Mutex.Unlock main.other
      23 g1 wakes g5 RWMutex.Unlock main.put
      40 end`);
    // The longest waited gives the name.
    expect(printedLocks(told)).toEqual(['main.get Mutex: g2,g3', 'main.other Mutex: g4', 'main.get RWMutex: g5']);
  });

  test('is looked for beyond functions that only wrap it', () => {
    const story = `
      10 g2 blocks Mutex.Lock lib/syncutil.withLock main.get
      11 g3 blocks Mutex.Lock lib/syncutil.withLock main.size
      20 g1 wakes g2 Mutex.Unlock lib/syncutil.withLock main.get
      21 g4 wakes g3 Mutex.Unlock lib/syncutil.withLock main.size
      40 end`;
    expect(printedLocks(analysedStory(story))).toEqual(['syncutil.withLock Mutex: g2,g3']);
    expect(printedLocks(analysedStory(story, { wrappers: ['lib/syncutil.*'] })).sort()).toEqual([
      'main.get Mutex: g2',
      'main.size Mutex: g3',
    ]);
  });
});

describe('a name that trace.Log gives just before Lock', () => {
  const told = analysedStory(`
    8 g2 logs lock="accounts"
    10 g2 blocks Mutex.Lock main.use
    11 g3 logs lock="orders"
    12 g3 blocks Mutex.Lock main.use
    20 g1 wakes g2 Mutex.Unlock main.use
    21 g2 runs
    22 g4 wakes g3 Mutex.Unlock main.use
    23 g3 runs
    24 g5 logs lock="accounts"
    25 g5 blocks Mutex.Lock main.use
    30 g2 wakes g5 Mutex.Unlock main.use
    40 end`);

  test('makes locks of instances', () => {
    expect(printedLocks(told)).toEqual(['accounts Mutex named: g2,g5', 'orders Mutex named: g3']);
  });

  test('gives each its holders', () => {
    expect(told.locks.locks.map(({ holders }) => holders.map(({ releases }) => releases))).toEqual([[2], [1]]);
    expect(printedHolds(told)).toEqual([
      'g1 mutex main.use bounded 0..10..20 woke 1 ended 10',
      'g4 mutex main.use bounded 0..12..22 woke 1 ended 10',
      'g2 mutex main.use exact 21..30 woke 1 ended 5',
    ]);
  });

  test('is no name of what is waited for inside: a channel, or a lock after the named one was released', () => {
    const inside = analysedStory(`
      g4 waits for sync "runtime.gopark < runtime.semacquire1 < sync.runtime_SemacquireMutex < sync.(*Mutex).Lock < main.use:1"
      8 g2 logs lock="accounts"
      10 g2 blocks receive main.use
      11 g3 logs lock="orders"
      12 g3 wakes g4 Mutex.Unlock main.use
      13 g3 blocks Mutex.Lock main.next
      30 g1 wakes g3 Mutex.Unlock main.next
      40 end`);
    expect(inside.locks.locks.filter(({ named }) => named)).toEqual([]);
    expect(printedWaits(inside)).toHaveLength(3);
  });

  test('holds for the next wait only', () => {
    const next = analysedStory(`
      8 g2 logs lock="accounts"
      10 g2 blocks Mutex.Lock main.use
      20 g1 wakes g2 Mutex.Unlock main.use
      21 g2 runs
      30 g2 blocks Mutex.Lock main.next
      35 g1 wakes g2 Mutex.Unlock main.next
      40 end`);
    expect(printedLocks(next)).toEqual(['accounts Mutex named: g2', 'main.next Mutex: g2']);
  });
});
