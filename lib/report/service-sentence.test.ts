import { expect, test } from 'vitest';
import type { Lock, LockEntry } from '@/lib/contention/lock';
import type { LocksResult, Overview, ServiceSummary } from '@/lib/query/result';
import { unixMs } from '@/lib/units';
import { plainText, type Sentence } from './sentence';
import { calmSentence, hotLocksSentence, serviceBecause, serviceSentence } from './service-sentence';

const site = (name: string) => ({ id: name, kind: 'Mutex.Lock', function: name, file: 'a.go', line: 1 });

function entry(lock: Partial<Lock>): LockEntry {
  const waiting = { avg: 4, max: 28.8, maxAt: null, maxPod: null, bucketSeconds: 5, pods: 8, sumAvg: 32 };
  return {
    lock: {
      id: 'a',
      name: 'config.(*Manager)',
      family: 'RWMutex',
      waiting,
      delaySeconds: 5741,
      contentions: 15_715,
      meanWaitSeconds: 0.365,
      share: 0.98,
      waiters: [
        { site: site('shop/config.(*Manager).Get'), delaySeconds: 1, contentions: 1, meanWaitSeconds: 1, share: 1 },
      ],
      holders: [
        { site: site('shop/config.(*Manager).Reload'), role: 'holder', delaySeconds: 1, contentions: 1, share: 1 },
      ],
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
    holdSeconds: undefined,
  };
}

const summary = (changes: Partial<ServiceSummary>): ServiceSummary => ({
  service: 'order-service',
  pods: 8,
  reporting: 6,
  newest: unixMs(95_000),
  builds: [],
  worst: entry({}),
  worstStalls: { count: 43, starts: [], everySeconds: 120, pods: 8, inPhase: false },
  strip: [],
  avg: 4,
  max: 28.8,
  state: 'trouble',
  ...changes,
});
const say = (sentence: Sentence) => plainText(sentence).replaceAll(/[\u00a0\u202f]/g, ' ');

test('a service in trouble: how many wait, on what, how often, where', () => {
  expect(say(serviceSentence(summary({})))).toBe(
    'order-service: up to 28.8 goroutines wait on config.(*Manager), every 2 m, on all 8 pods, out of phase.',
  );
  expect(say(serviceBecause(summary({})))).toBe('Get waits for Reload, 365 ms on average.');
  expect(say(serviceBecause(summary({ worst: entry({ link: 'Unlinked' }) })))).toBe(
    'Get waits; who holds the lock is not known.',
  );
});

test('quiet, not profiled and silent are three different sentences', () => {
  expect(say(serviceSentence(summary({ state: 'quiet' })))).toBe('order-service: no stall on 8 pods.');
  expect(say(serviceSentence(summary({ state: 'off' })))).toContain('profiling of locks is off');
  expect(say(serviceSentence(summary({ state: 'silent' })))).toContain('no profile arrived in this range');
});

test('the rest in one sentence, "else" only when something is in trouble', () => {
  const overview = (services: readonly ServiceSummary[]): Overview => ({
    from: unixMs(0),
    stepMs: 1000,
    buckets: 1,
    services,
    pods: 16,
    reporting: 14,
    windows: 10,
    newest: unixMs(95_000),
  });
  expect(say(calmSentence(overview([summary({})]), 100_000))).toBe(
    'Nothing else waits more than usual. 1 service, 14 pods reporting, newest profile 5 s ago.',
  );
  expect(say(calmSentence(overview([summary({ state: 'quiet' })]), 100_000))).toMatch(/^Nothing waits more than usual/);
});

test('the service page begins with the busiest lock, or with the good news', () => {
  // Only the locks are read.
  const locks = (...list: LockEntry[]) => ({ locks: list }) as unknown as LocksResult;
  expect(say(hotLocksSentence(locks(entry({}))))).toBe(
    'One lock makes 98 % of the waiting at locks: config.(*Manager), up to 28.8 goroutines in 5 s, average 4.0 per pod.',
  );
  const calm = { avg: 0.01, max: 0.05, maxAt: null, maxPod: null, bucketSeconds: 5, pods: 8, sumAvg: 0.1 };
  expect(say(hotLocksSentence(locks(entry({ waiting: calm }))))).toBe(
    'Good: no lock has more than 0.1 goroutines waiting in any bucket.',
  );
  expect(say(hotLocksSentence(locks()))).toBe('No goroutine waited at a lock in this range.');
});
