import { expect, test } from 'vitest';
import type { TraceHeadline } from '@/lib/query/trace/result';
import { plainText, type Sentence } from './sentence';
import { traceBecause, traceSentence } from './trace-sentence';

const stall: TraceHeadline = {
  lock: 'c0ffee',
  lockName: 'config.(*OrderConfigManager)',
  mode: 'write',
  holder: 'example.com/shop/config.(*OrderConfigManager).ReloadFromDB',
  goroutine: 6,
  holdNs: 733e6,
  start: 'exact',
  waiter: 'example.com/shop/config.(*OrderConfigManager).GetConfig',
  victims: 366,
  wokenWithinNs: 700e3,
  doing: undefined,
  kind: 'long writer',
  waiting: 'readers',
  released: true,
  woke: 366,
  most: { state: 'network', function: 'example.com/shop/db.QueryUserDiscounts', share: 0.96, functionShare: 0.48 },
  followed: { lock: 'f00d', lockName: 'ledger.(*Ledger)', goroutines: 45, drainNs: 147e6 },
  longestWaitNs: 730e6,
  fromNs: 2.94e9,
  toNs: 3.67e9,
};

/** With plain spaces. */
const text = (sentence: Sentence) => plainText(sentence).replace(/[\u00a0\u202f]/g, ' ');
const says = (change: Partial<TraceHeadline>) => text(traceSentence({ ...stall, ...change }));

test('a stall is told in one sentence: holder, hold, waiters, release', () => {
  expect(says({})).toBe(
    'G6 held the write lock for 733 ms; 366 readers queued and all woke within 700 µs of the release.',
  );
});

test('a hold of which only a part is certain is at least that long, one without a start has no length', () => {
  expect(says({ start: 'bounded' })).toContain('held the write lock for ≥ 733 ms;');
  expect(says({ start: 'unknown', holdNs: undefined })).toContain(
    'G6 held the write lock (since when is not in the trace); 366 readers queued',
  );
});

test('waiters that the release did not wake are not said to have woken', () => {
  expect(says({ woke: 360 })).toContain('366 readers queued, 360 of them woke within 700 µs of the release.');
  expect(says({ woke: 0, wokenWithinNs: undefined })).toContain('366 readers queued.');
  expect(says({ victims: 1, woke: 1 })).toBe('G6 held the write lock for 733 ms; 1 reader waited for it.');
});

test('a hold that outlasts the trace says so', () => {
  expect(says({ released: false, waiting: 'goroutines' })).toBe(
    'G6 held the write lock for 733 ms and had not let go when the trace ended; 366 goroutines queued.',
  );
});

test('readers behind a waiting writer are told apart from the writer that the slow reader kept', () => {
  expect(says({ kind: 'slow reader', mode: 'read' })).toBe(
    'G6 held a read lock for 733 ms while a writer waited for it; 365 more queued behind that writer.',
  );
});

test('an unknown holder is not invented', () => {
  const unknown = { ...stall, holder: undefined, goroutine: undefined, holdNs: undefined, followed: undefined };
  expect(text(traceSentence(unknown))).toBe(
    'Up to 366 readers waited at once in GetConfig, the longest for 730 ms; who held the lock is not known.',
  );
  expect(text(traceBecause(unknown))).toBe('Nothing in the trace shows who held config.(*OrderConfigManager).');
});

test('the line below says what the holder did and where the waiters met again', () => {
  expect(text(traceBecause(stall))).toBe(
    'In ReloadFromDB (config.(*OrderConfigManager)) it waited for the network in 96 % of the hold, longest in QueryUserDiscounts. ' +
      'After the release 45 of the readers met again at ledger.(*Ledger), which took another 147 ms to drain.',
  );
});

test('a trace without lock waits says so', () => {
  expect(text(traceSentence(undefined))).toBe('No goroutine waited for a lock in this trace.');
  expect(traceBecause(undefined)).toEqual([]);
});
