import { describe, expect, test } from 'vitest';
import type { LockEntry } from '@/lib/contention/lock';
import { readSort, sortChanges, sortLocks } from './lock-sort';

/** Only what sorting reads. */
function entry(name: string, max: number | null, avg: number | null, hold?: number): LockEntry {
  const waiting = { avg, max, maxAt: null, maxPod: null, bucketSeconds: 10, pods: 1, sumAvg: avg };
  const lock = {
    id: name,
    name,
    family: 'Mutex',
    waiting,
    delaySeconds: 1,
    contentions: 1,
    meanWaitSeconds: null,
    share: null,
    waiters: [],
    holders: [],
    link: 'Unlinked' as const,
    pattern: null,
    rules: [],
  };
  const holdSeconds = hold === undefined ? undefined : { low: hold / 2, high: hold, formula: '' };
  return {
    lock,
    waitRows: [],
    holdRows: [],
    waitSites: [],
    holdSites: [],
    level: undefined,
    conservation: undefined,
    holdSeconds,
  };
}

const names = (text: string, entries: readonly LockEntry[]) =>
  sortLocks(entries, readSort(new URLSearchParams(text)))
    .map(({ lock }) => lock.name)
    .join(' ');

describe('sorting locks', () => {
  const entries = [entry('b', 1, 0.5, 0.2), entry('a', 479, 0.1), entry('c', null, null, 0.9)];

  test('the busiest bucket comes first by default, the unknown last', () => {
    expect(names('', entries)).toBe('a b c');
    expect(names('sort=nonsense', entries)).toBe('a b c');
  });

  test('the unknown stays last when the order is turned round', () => {
    expect(names('sort=max&dir=asc', entries)).toBe('b a c');
    expect(names('sort=hold', entries)).toBe('c b a');
  });

  test('average and maximum give different orders', () => {
    expect(names('sort=avg', entries)).toBe('b a c');
  });

  test('names rise', () => {
    expect(names('sort=name', entries)).toBe('a b c');
    expect(names('sort=name&dir=desc', entries)).toBe('c b a');
  });
});

test('a second click on a column turns it round, another column starts its own way', () => {
  const falling = readSort(new URLSearchParams('sort=avg'));
  expect(sortChanges(falling, 'avg')).toEqual({ sort: 'avg', dir: 'asc' });
  expect(sortChanges(falling, 'name')).toEqual({ sort: 'name', dir: null });
});
