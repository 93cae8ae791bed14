import { expect, test } from 'vitest';
import type { Lock, LockEntry } from '@/lib/contention/lock';
import type { LockDetail, Stalls } from '@/lib/query/result';
import { unixMs } from '@/lib/units';
import { conservationSentence } from './link-sentence';
import { callersByFunction, lockBecause, lockSentence, nextStall, podsText } from './lock-sentence';
import { plainText, type Sentence } from './sentence';

const waiter = { id: 'w', kind: 'RWMutex.RLock', function: 'shop/config.(*Manager).GetConfig', file: 'c.go', line: 44 };
const holder = {
  id: 'h',
  kind: 'RWMutex.Unlock',
  function: 'shop/config.(*Manager).ReloadFromDB',
  file: 'c.go',
  line: 52,
};

function entry(lock: Partial<Lock> = {}, rest: Partial<LockEntry> = {}): LockEntry {
  return {
    lock: {
      id: 'a',
      name: 'config.(*Manager)',
      family: 'RWMutex',
      waiting: { avg: 4, max: 28.8, maxAt: null, maxPod: null, bucketSeconds: 5, pods: 8, sumAvg: 32 },
      delaySeconds: 5741,
      contentions: 15_715,
      meanWaitSeconds: 0.365,
      share: 0.98,
      waiters: [{ site: waiter, delaySeconds: 5741, contentions: 15_715, meanWaitSeconds: 0.365, share: 1 }],
      holders: [{ site: holder, role: 'holder', delaySeconds: 5762, contentions: 15_715, share: 1 }],
      link: 'Strong',
      pattern: 'R1',
      rules: [],
      ...lock,
    },
    waitRows: [],
    holdRows: [],
    waitSites: [],
    holdSites: [],
    level: 'B',
    conservation: undefined,
    holdSeconds: { low: 0.365, high: 0.73, formula: 'W to 2 W' },
    ...rest,
  };
}

const quiet: Stalls = { count: 0, starts: [], everySeconds: undefined, pods: 0, inPhase: false };
const regular: Stalls = { count: 43, starts: [unixMs(90_000)], everySeconds: 30, pods: 8, inPhase: false };
const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const say = (sentence: Sentence) => spaced(plainText(sentence));

test('names the long writer with its estimated hold and its rhythm', () => {
  expect(say(lockSentence({ entry: entry(), stalls: regular }))).toBe(
    'Readers in GetConfig wait because ReloadFromDB holds the write lock for ≈ 365 ms to 730 ms, every 30 s.',
  );
});

test('says "probably" when waiters and holders are joined by package only', () => {
  expect(say(lockSentence({ entry: entry({ link: 'Inferred' }), stalls: quiet }))).toBe(
    'Readers in GetConfig probably wait because ReloadFromDB holds the write lock for ≈ 365 ms to 730 ms.',
  );
});

test('claims no holder when the link is Unlinked', () => {
  const text = say(lockSentence({ entry: entry({ link: 'Unlinked', pattern: null }), stalls: regular }));
  expect(text).toBe('Up to 28.8 goroutines wait in GetConfig, every 30 s; who holds the lock is not known.');
  expect(text).not.toContain('ReloadFromDB');
});

test('blames the slow reader of a pending writer, not the writer', () => {
  const slow = { ...holder, function: 'shop/config.(*Manager).Scan', kind: 'RWMutex.RUnlock' };
  const holders = [{ site: slow, role: 'holder' as const, delaySeconds: 0.7, contentions: 4, share: 0.01 }];
  expect(say(lockSentence({ entry: entry({ pattern: 'R3', holders }), stalls: quiet }))).toBe(
    'Readers in GetConfig wait behind a waiting writer, because Scan holds the read lock for ≈ 365 ms to 730 ms.',
  );
});

test('a function that waits for itself is said once', () => {
  const holders = [{ site: waiter, role: 'holder' as const, delaySeconds: 1, contentions: 1, share: 1 }];
  expect(
    say(lockSentence({ entry: entry({ pattern: null, holders }, { holdSeconds: undefined }), stalls: quiet })),
  ).toBe('Up to 28.8 goroutines wait in GetConfig, which holds the lock itself.');
});

test('a channel is no lock, and without a window nobody waits "at the same time"', () => {
  const none = { avg: null, max: null, maxAt: null, maxPod: null, bucketSeconds: null, pods: null, sumAvg: null };
  expect(say(lockSentence({ entry: entry({ family: 'chan', holders: [] }), stalls: quiet }))).toBe(
    'Up to 28.8 goroutines wait in GetConfig (RWMutex.RLock). This is not a lock.',
  );
  expect(say(lockSentence({ entry: entry({ waiting: none, link: 'Unlinked', pattern: null }), stalls: quiet }))).toBe(
    'Goroutines waited 1 h 35 m in total in GetConfig; who holds the lock is not known.',
  );
});

test('the line below says since which build, where and how often', () => {
  const builds: LockDetail['builds'] = [
    { build: '1.41.0', avg: 0.006, max: 0.15, first: unixMs(0), pods: 8 },
    { build: '1.42.0', avg: 3.98, max: 28.8, first: unixMs(14_000), pods: 8 },
  ];
  // Only the pods are read.
  const coverage = { pods: Array.from({ length: 8 }, (_, pod) => `order-${pod}`) } as unknown as LockDetail['coverage'];
  expect(say(lockBecause({ entry: entry(), stalls: regular, builds, coverage }))).toBe(
    'A long writer blocks all readers. Worst in build 1.42.0 (since 00:00:14 UTC). 43 stalls on all 8 pods, out of phase. 15 715 waits of 365 ms on average.',
  );
  expect(podsText({ ...regular, pods: 3 }, 8)).toBe('on 3 of 8 pods, out of phase');
  expect(podsText({ ...regular, pods: 1 }, 1)).toBe('on the only pod');
});

test('the two profiles agree, differ, or cannot be compared, in words', () => {
  const sides = { waitedSeconds: 5741, chargedSeconds: 5762, waits: 15_715, releases: 15_715, countRatio: 1 };
  expect(spaced(conservationSentence({ ...sides, delayRatio: 1.0037, verdict: 'agree', why: '' }))).toBe(
    'Both sides agree within <1 % and count the same 15 715 waits, so the holder explains the waiters.',
  );
  expect(
    spaced(
      conservationSentence({ ...sides, releases: 40, delayRatio: 0.12, verdict: 'differ', why: 'permits are stolen' }),
    ),
  ).toBe('The two sides differ and count 15 715 waits and 40 releases. Charged is 12 % of waited. Permits are stolen.');
  expect(conservationSentence({ ...sides, delayRatio: null, verdict: 'not comparable', why: 'Go 1.21 or older' })).toBe(
    'The two profiles cannot be compared: Go 1.21 or older.',
  );
});

test('the next stall is whole periods after the last, and never a guess far ahead', () => {
  expect(nextStall(regular, 100_000)).toBe(120_000);
  expect(nextStall(regular, 90_000)).toBe(120_000);
  expect(nextStall(regular, 200_000)).toBeUndefined();
  expect(nextStall(quiet, 0)).toBeUndefined();
});

test('callers of one function on two lines are one caller', () => {
  const at = (name: string, line: number, share: number) => ({ function: name, file: 'a.go', line, share });
  expect(callersByFunction([at('b', 1, 0.4), at('a', 5, 0.35), at('a', 9, 0.25)])).toEqual([
    { name: 'a', share: 0.6 },
    { name: 'b', share: 0.4 },
  ]);
});
