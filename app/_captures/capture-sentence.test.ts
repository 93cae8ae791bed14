import { expect, test } from 'vitest';
import type { CaptureLock } from '@/lib/catalog/captures';
import { plainText } from '@/lib/report/sentence';
import { captureLockSentence, countsText, longestText } from './capture-sentence';

const percentiles = {
  p50Ns: 366e6,
  p90Ns: 660e6,
  p99Ns: 726e6,
  maxNs: 732e6,
  n: 366,
  censored: 0,
  longestCensoredNs: null,
};
const site = { kind: 'RWMutex.RLock', function: 'shop/config.(*Manager).GetConfig', file: 'config.go', line: 44 };
const lock: CaptureLock = {
  ...percentiles,
  lockId: '3f',
  name: 'config.(*Manager)',
  family: 'RWMutex',
  isLock: true,
  waits: 366,
  totalNs: 134e9,
  waiters: [{ ...site, ...percentiles, waits: 366, totalNs: 134e9 }],
};
const text = (of: CaptureLock) => plainText(captureLockSentence(of)).replaceAll(/\s/g, ' ');
/** The lock with one wait site, both with the same numbers. */
const said = (changes: Partial<CaptureLock>) => {
  const { waits = 366, ...rest } = changes;
  const { isLock = true, family = 'RWMutex', ...numbers } = rest;
  return text({
    ...lock,
    ...numbers,
    isLock,
    family,
    waits,
    waiters: lock.waiters.map((waiter) => ({ ...waiter, ...numbers, waits })),
  });
};

test('a capture says who waited for which lock, how long at most, and how often', () => {
  expect(said({})).toBe('GetConfig waited up to 732 ms for config.(*Manager): 366 waits, P99 726 ms.');
});

test('a wait that the recording cut off bounds the longest from below', () => {
  const cut = { censored: 3, longestCensoredNs: 2.3e9 };
  expect(said({ ...cut, waits: 369 })).toBe(
    'GetConfig waited up to ≥ 2.3 s for config.(*Manager): 369 waits, P99 726 ms.',
  );
  expect(longestText({ ...percentiles, censored: 1, longestCensoredNs: 5e6 })).toBe('732\u00a0ms');
});

test('numbers beside a function are its own, and other places are counted', () => {
  const writer = {
    ...site,
    ...percentiles,
    function: 'shop/config.(*Manager).Reload',
    waits: 1,
    totalNs: 2e9,
    maxNs: 2e9,
  };
  expect(text({ ...lock, waits: 367, maxNs: 2e9, waiters: [...lock.waiters, writer] })).toBe(
    'GetConfig waited up to 732 ms for config.(*Manager): 366 waits, P99 726 ms; 1 other place waited too.',
  );
});

test('waits that are all cut off have no percentile, and none is made up', () => {
  const open = { p50Ns: null, p90Ns: null, p99Ns: null, maxNs: null, n: 0, censored: 4, longestCensoredNs: 4.8e9 };
  expect(said({ ...open, waits: 4 })).toBe(
    'GetConfig waited up to ≥ 4.8 s for config.(*Manager): 4 waits, all of them cut off.',
  );
  expect(longestText({ ...open, censored: 0, longestCensoredNs: null })).toBe('–');
});

test('waits that began before the trace have no place, and are told all the same', () => {
  const waiters = lock.waiters.map((waiter) => ({ ...waiter, function: '', file: '', line: 0 }));
  expect(text({ ...lock, waiters })).toMatch(/^Goroutines waited up to 732 ms for/);
});

test('a wait that is for no lock says for what', () => {
  expect(said({ isLock: false, family: 'channel' })).toBe(
    'GetConfig waited up to 732 ms (channel): 366 waits, P99 726 ms.',
  );
});

test('percentiles say how many waits they rest on, and how many were cut off', () => {
  expect(countsText(percentiles).replaceAll(/\s/g, ' ')).toBe('n = 366, none cut off');
  expect(countsText({ ...percentiles, censored: 1_200 }).replaceAll(/\s/g, ' ')).toBe('n = 366, 1 200 cut off');
});
