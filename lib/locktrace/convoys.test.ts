import { describe, expect, test } from 'vitest';
import { analysedStory, printedConvoys } from '@/tests/support/printed-locks';

const convoysOf = (story: string) => printedConvoys(analysedStory(story));

/** G1 reads and waits for the network; G2 wants to write; G3-G5 want to read. The writer may wait for something while it holds. */
const slowReader = (working = '') => `
  10 g1 blocks network main.query main.read
  20 g2 blocks RWMutex.drain main.set
  30 g3 blocks RWMutex.RLock main.read
  32 g4 blocks RWMutex.RLock main.read
  90 g0 wakes g1
  95 g1 runs
  100 g1 wakes g2 RWMutex.RUnlock main.read
  104 g2 runs
  ${working}
  106 g5 blocks RWMutex.RLock main.read
  120 g2 wakes g3 RWMutex.Unlock main.set
  120.1 g2 wakes g4 RWMutex.Unlock main.set
  120.2 g2 wakes g5 RWMutex.Unlock main.set
  121 g3 runs
  121 g4 runs
  121 g5 runs
  200 end`;

describe('three readers behind a writer that waits for a slow reader', () => {
  const told = analysedStory(slowReader());

  test('are the slow reader’s convoy while it reads, and the writer’s while it writes', () => {
    expect(printedConvoys(told)).toEqual([
      // Until 100 the writer waits 80 µs, two readers 70 and 68; then each reader 4 for it to run; then all three while it holds.
      'slow reader g1 main.read at 20 for 80: 3 victims 218, pending 138 held 46 grant 8, writer g2 main.set; running 5 runnable 5 network 70',
      'long writer g2 main.set at 104 for 16: 3 victims 46, pending 0 held 46 grant 0; running 16',
    ]);
  });

  test('blame the reader first, the writer is only who let them go', () => {
    const { locks, sites } = told.locks;
    expect(locks[0]?.holders.map(({ site, role }) => `${role} ${sites[site]?.function}`)).toEqual([
      'holder main.read',
      'releaser main.set',
    ]);
  });
});

test('a writer that waits for something else while it holds leaves the slow reader its readers', () => {
  const [worst] = convoysOf(slowReader('105 g2 blocks network main.store main.set\n115 g0 wakes g2\n116 g2 runs'));
  expect(worst).toMatch(/^slow reader g1 main\.read at 20 for 80: 3 victims 218, pending 138 held 46 grant 8,/);
});

test('a writer that holds long, and was the reason that readers wait, is a holder', () => {
  const told = analysedStory(`
    10 g2 blocks network main.query main.set
    20 g3 blocks RWMutex.RLock main.read
    22 g4 blocks RWMutex.RLock main.read
    90 g0 wakes g2
    92 g2 runs
    100 g2 wakes g3 RWMutex.Unlock main.set
    100 g2 wakes g4 RWMutex.Unlock main.set
    101 g3 runs
    102 g4 runs
    200 end`);
  expect(printedConvoys(told)).toEqual([
    'long writer g2 main.set at 20 for 80: 2 victims 158, pending 0 held 158 grant 0; running 8 runnable 2 network 70',
  ]);
  expect(told.locks.locks[0]?.holders[0]?.role).toBe('holder');
});

test('a mutex held long is a convoy of those who queue, whoever comes next', () => {
  expect(
    convoysOf(`
      10 g1 blocks sleep main.put
      20 g2 blocks Mutex.Lock main.get
      30 g3 blocks Mutex.Lock main.get
      60 g0 wakes g1
      61 g1 runs
      70 g1 wakes g2 Mutex.Unlock main.put
      71 g2 runs
      75 g2 wakes g3 Mutex.Unlock main.get
      76 g3 runs
      100 end`),
  ).toEqual([
    'long holder g1 main.put at 20 for 50: 2 victims 90, pending 0 held 90 grant 0; running 9 runnable 1 sleep 40',
  ]);
});

test('one who waits alone is no convoy', () => {
  expect(
    convoysOf(`
      20 g2 blocks Mutex.Lock main.get
      70 g1 wakes g2 Mutex.Unlock main.put
      71 g2 runs
      100 end`),
  ).toEqual([]);
});

test('all who still wait at the end of the trace are behind the one who holds', () => {
  expect(
    convoysOf(`
      10 g2 blocks Mutex.Lock main.get
      15 g5 blocks Mutex.Lock main.get
      20 g1 wakes g2 Mutex.Unlock main.put
      21 g2 runs
      25 g2 blocks receive main.never
      30 g3 blocks Mutex.Lock main.get
      100 end`),
  ).toContain('long holder g2 main.get at 21 for 79: 2 victims 149, pending 0 held 149 grant 0; running 4 other 75');
});
