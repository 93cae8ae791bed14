import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseLocks, type LockAnalysis } from './analyse';
import type { LocksInput, ProfileSide, SiteRow } from './input';
import { siteOfStack } from './site';

const waitLeaves = [
  ['sync.(*Mutex).Lock'],
  ['sync.(*RWMutex).RLock'],
  ['sync.(*RWMutex).Lock'],
  ['sync.(*Mutex).Lock', 'sync.(*RWMutex).Lock'],
  ['sync.(*Mutex).Lock', 'sync.(*Map).Swap'],
  ['runtime.chanrecv2'],
  ['runtime.chansend1'],
];
const holdLeaves = [
  ['sync.(*Mutex).Unlock'],
  ['sync.(*RWMutex).Unlock'],
  ['sync.(*RWMutex).RUnlock'],
  ['sync.(*Mutex).Unlock', 'sync.(*RWMutex).Unlock'],
  ['sync.(*Mutex).Unlock', 'sync.(*Map).Swap'],
  ['runtime._LostContendedRuntimeLock'],
];
const functions = ['a.(*X).Get', 'a.(*X).Put', 'a.(*Y).Get', 'a.F', 'a.G', 'b.F', 'b.(*Z).run.func1', '0x4a3f21'];

function rowsOf(leaves: readonly string[][], role: 'wait' | 'hold'): fc.Arbitrary<SiteRow[]> {
  const row = fc.record({
    leaf: fc.constantFrom(...leaves),
    name: fc.constantFrom(...functions),
    root: fc.boolean(),
    count: fc.integer({ min: 1, max: 10_000 }),
    value: fc.integer({ min: 0, max: 1e12 }),
  });
  return fc.array(row, { maxLength: 12 }).map((rows) => {
    const sites = new Map<bigint, SiteRow>();
    for (const { leaf, name, root, count, value } of rows) {
      const names = [...leaf, name, ...(root ? [] : ['main.main'])];
      const frames = names.map((text) => ({ function: text, file: 'f.go', line: 1, startLine: 0 }));
      const { site } = siteOfStack(frames, role, { wrappers: [] });
      sites.set(site.id, { site, count, value, max: undefined, series: 1 });
    }
    return [...sites.values()];
  });
}

const side = (sites: readonly SiteRow[]): ProfileSide => ({
  sites,
  locks: [],
  wallMs: 10_000,
  series: 1,
  other: undefined,
});
const inputs: fc.Arbitrary<LocksInput> = fc.record({
  block: fc.option(rowsOf(waitLeaves, 'wait').map(side), { nil: undefined }),
  mutex: fc.option(rowsOf(holdLeaves, 'hold').map(side), { nil: undefined }),
  sampling: fc.record({
    blockRateNs: fc.constantFrom(undefined, 1, 10_000),
    mutexFraction: fc.constantFrom(undefined, 1, 10),
    goVersions: fc.constantFrom([], ['go1.19.8'], ['go1.23.5'], ['go1.19.8', 'go1.23.5']),
    goInferred: fc.boolean(),
  }),
  idleFunctions: fc.constantFrom([], ['b.*']),
});

const entriesOf = ({ locks, waits, idle, runtime }: LockAnalysis) => [...locks, ...waits, ...idle, ...runtime];

test('every site of the input is in exactly one entry, or counted as unsymbolised', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const analysis = analyseLocks(input);
      const shown = entriesOf(analysis).flatMap((entry) =>
        [...entry.waitSites, ...entry.holdSites].map(({ id }) => id),
      );
      const rows = [...(input.block?.sites ?? []), ...(input.mutex?.sites ?? [])];
      const named = rows
        .filter(({ site }) => site.function !== '' || site.family === 'runtime')
        .map(({ site }) => site.id);
      expect(shown.sort()).toEqual(named.sort());
    }),
  );
});

test('a lock waits as long as its waiters, an entry is never listed twice, and shares add up to one', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const entries = entriesOf(analyseLocks(input));
      expect(new Set(entries.map(({ lock }) => `${lock.id} ${lock.family}`)).size).toBe(entries.length);
      for (const { lock } of entries) {
        const waited = lock.waiters.reduce((sum, { delaySeconds }) => sum + delaySeconds, 0);
        if (lock.delaySeconds !== null) expect(waited).toBeCloseTo(lock.delaySeconds, 6);
        for (const sites of [lock.waiters, lock.holders]) {
          const total = sites.reduce((sum, { share }) => sum + (share ?? 0), 0);
          expect(sites.every(({ share }) => share === null) || Math.abs(total - 1) < 1e-9).toBe(true);
        }
      }
    }),
  );
});

test('lists fall by average waiting, and the answer does not depend on the order of the rows', () => {
  const turned = (part: ProfileSide | undefined) => part && { ...part, sites: [...part.sites].reverse() };
  fc.assert(
    fc.property(inputs, (input) => {
      const analysis = analyseLocks(input);
      const averages = analysis.locks.map(({ lock }) => lock.waiting.avg ?? -1);
      expect(averages).toEqual([...averages].sort((a, b) => b - a));
      const other = analyseLocks({ ...input, block: turned(input.block), mutex: turned(input.mutex) });
      expect(other.locks.map(({ lock }) => [lock.id, lock.link, lock.pattern])).toEqual(
        analysis.locks.map(({ lock }) => [lock.id, lock.link, lock.pattern]),
      );
    }),
  );
});

test('nobody is accused across the Go 1.22 border or by a lottery: such ratios are not compared', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { goVersions, mutexFraction } = input.sampling;
      fc.pre(goVersions[0] !== 'go1.23.5' || mutexFraction !== 1);
      const verdicts = analyseLocks(input).locks.map(({ conservation }) => conservation?.verdict);
      expect(verdicts.filter((verdict) => verdict !== 'not comparable')).toEqual([]);
    }),
  );
});
