import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { analyseLocks } from './analyse';

const analyse = (name: string) =>
  analyseLocks(readTrace(bufferSource(readFileSync(`tests/fixtures/gotrace/traces/${name}.trace`))));

/** Every wait site of a recording: kind and function, lines of the standard library left out. */
function waitSites(name: string): string[] {
  const { locks, sites } = analyse(name);
  return [
    ...new Set(
      locks.flatMap((lock) => lock.waiters.map(({ site }) => `${sites[site]?.kind} ${sites[site]?.function}`)),
    ),
  ].sort();
}

const everyPrimitive = [
  'Cond.Wait main.main.func5.1',
  'Mutex.Lock main.lockerUser',
  'Mutex.Lock main.mutexDeferUser',
  'Mutex.Lock main.mutexUser',
  'Once.Do main.main.func6.1',
  'RWMutex.Lock main.lockerUser',
  'RWMutex.Lock main.rwWriter',
  'RWMutex.RLock main.rwReader',
  'RWMutex.RLock main.rwReaderDefer',
  'WaitGroup.Wait main.main.func5',
  'WaitGroup.Wait main.par',
  'chan receive main.main.func7',
  'chan send main.main.func7',
  'chan send main.main.func8.1',
  'fdMutex net.(*netFD).Read',
  'sync.Map main.main.func9.1',
];

describe('a program that uses every primitive', () => {
  test.each(['locks-go1.22', 'locks-go1.23', 'locks-go1.25', 'locks-go1.26'])(
    '%s names each by its kind and site',
    (name) => {
      const found = waitSites(name);
      expect(everyPrimitive.filter((site) => !found.includes(site))).toEqual([]);
      expect(found.some((site) => /^Once\.Do main\.main\.func6\.OnceValue\[\.\.\.\]\.\d$/.test(site))).toBe(true);
    },
  );

  test.each(['locks-go1.22', 'locks-go1.23', 'locks-go1.25', 'locks-go1.26'])(
    '%s: a starving mutex held for 2 ms is exact, handed over each time',
    (name) => {
      const { locks, sites } = analyse(name);
      const holder = locks
        .flatMap((lock) => lock.holders)
        .find(({ site }) => sites[site]?.function === 'main.mutexDeferUser');
      expect(holder?.holds.exact).toBeGreaterThan(50);
      expect((holder?.holdP50Ns ?? 0) / 1e6).toBeCloseTo(2, 0);
      // Once or twice it takes the lock again at once, before the waiter that it woke: that leaves no event.
      expect(holder?.holds.unknown).toBeLessThanOrEqual(2);
    },
  );
});

describe('goroutines that waited before the trace began', () => {
  test('are counted as cut off, with what their wait lasted at least', () => {
    const { locks } = analyse('gens-go1.26');
    const cut = locks.map((lock) => `${lock.name} ${lock.percentiles.n}+${lock.percentiles.censored}`).sort();
    expect(cut).toEqual(['main.waitA 0+1', 'main.waitC 1+1', 'main.waitRW 0+1']);
    const longest = locks.find((lock) => lock.name === 'main.waitA')?.percentiles.longestCensoredNs ?? 0;
    expect(longest / 1e9).toBeCloseTo(3.2, 1);
  });

  test('have a kind from what woke them, when no stack tells it', () => {
    const { locks, sites } = analyse('gens-go1.26');
    const unseen = locks.flatMap((lock) => lock.waiters).filter(({ site }) => sites[site]?.function === '');
    expect(unseen.map(({ site }) => sites[site]?.kind)).toEqual(['Mutex.Lock']);
  });
});
