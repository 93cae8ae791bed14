import { describe, expect, test } from 'vitest';
import { analysedStory, printedHolds, printedWaits } from '@/tests/support/printed-locks';

const waitsOf = (story: string, version?: string) => printedWaits(analysedStory(story, { version }));
const fullStack =
  'g2 waits for sync "runtime.gopark < runtime.semacquire1 < internal/sync.runtime_SemacquireMutex < internal/sync.(*Mutex).lockSlow < internal/sync.(*Mutex).Lock < sync.(*Mutex).Lock < main.get:7"';

describe('a wait that began before the trace', () => {
  test('has its site from a full stack, and the start of the trace as begin', () => {
    expect(waitsOf(`${fullStack}\n20 g1 wakes g2 Mutex.Unlock main.put\n21 g2 runs\n40 end`)).toEqual([
      'g2 Mutex.Lock main.get 0..20..21 by g1 beganBefore',
    ]);
  });

  test('is told by what ends it when it has no stack', () => {
    const ended = (how: string) => waitsOf(`g2 waits\n20 g1 wakes g2 ${how}\n21 g2 runs\n40 end`);
    expect(ended('Mutex.Unlock main.put')).toEqual(['g2 Mutex.Lock - 0..20..21 by g1 beganBefore']);
    expect(ended('RWMutex.Unlock main.put')).toEqual(['g2 RWMutex.RLock - 0..20..21 by g1 beganBefore']);
    expect(ended('RWMutex.Unlock-writer main.put')).toEqual(['g2 RWMutex.Lock - 0..20..21 by g1 beganBefore']);
    expect(ended('RWMutex.RUnlock main.put')).toEqual([
      'g2 RWMutex.Lock (readers drain) - 0..20..21 by g1 beganBefore',
    ]);
    expect(ended('send main.put')).toEqual([]);
  });

  test('is none of ours when the scheduler ends it', () => {
    expect(waitsOf('g2 waits\n20 g0 wakes g2\n21 g2 runs\n40 end')).toEqual([]);
  });

  test('may last beyond the end: then both ends are unseen', () => {
    const told = analysedStory(`${fullStack}\n40 end`);
    expect(printedWaits(told)).toEqual(['g2 Mutex.Lock main.get 0..?..? beganBefore unfinished']);
    expect(told.locks.locks[0]).toMatchObject({ waits: 1, totalNs: 40_000, blockedNs: 40_000, wakeupNs: 0 });
    expect(told.locks.locks[0]?.percentiles).toMatchObject({
      n: 0,
      censored: 1,
      longestCensoredNs: 40_000,
      maxNs: null,
    });
  });
});

describe('a wait that had not ended with the trace', () => {
  test('is counted up to there, and is in no percentile', () => {
    const { locks } = analysedStory('10 g2 blocks Mutex.Lock main.get\n40 end');
    expect(locks.locks[0]).toMatchObject({
      waits: 1,
      totalNs: 30_000,
      blockedNs: 30_000,
      queue: { avg: 0.75, max: 1 },
    });
    expect(locks.locks[0]?.percentiles).toMatchObject({ n: 0, censored: 1, longestCensoredNs: 30_000, p99Ns: null });
  });

  test('starves from its wake-up to the end when it is woken and does not run', () => {
    const { locks } = analysedStory(`
      10 g2 blocks Mutex.Lock main.get
      25 g1 wakes g2 Mutex.Unlock main.put
      40 end`);
    expect(locks.locks[0]).toMatchObject({ totalNs: 30_000, blockedNs: 15_000, wakeupNs: 15_000 });
  });

  test('keeps what it waited before it blocked again', () => {
    const { locks } = analysedStory(`
      10 g2 blocks Mutex.Lock main.get
      25 g1 wakes g2 Mutex.Unlock main.put
      27 g2 runs
      28 g2 blocks Mutex.Lock main.get
      40 end`);
    expect(locks.locks[0]).toMatchObject({ waits: 1, totalNs: 30_000, blockedNs: 27_000, wakeupNs: 2_000 });
  });
});

test('a goroutine that ends, after a wait and while others wait, ends neither their waits nor their numbers', () => {
  const told = analysedStory(`
    10 g2 blocks Mutex.Lock main.get
    11 g3 blocks Mutex.Lock main.get
    20 g1 wakes g2 Mutex.Unlock main.put
    21 g1 GoDestroy
    22 g2 runs
    23 g2 GoDestroy
    40 end`);
  expect(printedWaits(told)).toEqual([
    'g2 Mutex.Lock main.get 10..20..22 by g1',
    'g3 Mutex.Lock main.get 11..?..? unfinished',
  ]);
  expect(told.locks.locks[0]).toMatchObject({ waits: 2, totalNs: 41_000, queue: { max: 2 } });
});

describe('a part of the trace that is lost', () => {
  const story = (after: string) => `
    5 g3 blocks Mutex.Lock main.put
    8 g1 wakes g3 Mutex.Unlock main.put
    9 g3 runs
    10 g2 blocks Mutex.Lock main.get
    40 end
    --- lost
    --- next
    ${after}
    200 end`;

  test('cuts a wait where it begins: what lasted is known until there', () => {
    const told = analysedStory(story('g2 is running\n100 g2 HeapAlloc heapalloc_value=1'));
    const cut = told.locks.locks.find(({ name }) => name === 'main.get');
    expect(printedWaits(told)).toContain('g2 Mutex.Lock main.get 10..40..? unfinished');
    expect(cut).toMatchObject({ waits: 1, blockedNs: 30_000, totalNs: 30_000 });
    expect(cut?.percentiles).toMatchObject({ n: 0, censored: 1, longestCensoredNs: 30_000 });
    expect(cut?.queue).toEqual({ avg: 30_000 / told.trace.durationNs, max: 1, maxAtNs: 10_000 });
  });

  test('is not waited through: a wait that is stated after it begins there', () => {
    const told = analysedStory(story('100 g1 wakes g2 Mutex.Unlock main.put\n101 g2 runs'));
    expect(printedWaits(told).at(-1)).toBe('g2 Mutex.Lock - 40.001..100..101 by g1 beganBefore');
    expect(told.locks.waits.blockedNs.at(-1)).toBe(59_999);
  });

  test('makes nothing of what was held before it', () => {
    const told = analysedStory(
      story('g2 is running\n90 g2 blocks Mutex.Lock main.get\n100 g3 wakes g2 Mutex.Unlock main.put\n101 g2 runs'),
    );
    expect(printedHolds(told).at(-1)).toBe('g3 mutex main.put bounded 40.001..90..100 woke 1 ended 10');
  });
});
