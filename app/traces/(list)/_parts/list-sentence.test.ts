import { expect, test } from 'vitest';
import type { ListedCapture } from '@/app/_server/captures';
import type { CaptureLock, CaptureStatus } from '@/lib/catalog/captures';
import { plainText } from '@/lib/report/sentence';
import { unixMs } from '@/lib/units';
import { headline } from './list-sentence';

const numbers = { p50Ns: 1e6, p90Ns: 2e6, p99Ns: 3e6, maxNs: 4e6, n: 7, censored: 0, longestCensoredNs: null };
const lock: CaptureLock = {
  ...numbers,
  lockId: '00000000000000ff',
  name: 'config.(*Manager)',
  family: 'RWMutex',
  isLock: true,
  waits: 7,
  totalNs: 9e6,
  waiters: [],
};
const row = (status: CaptureStatus, worst?: CaptureLock): ListedCapture => ({
  capture: {
    id: '00',
    digest: '00',
    filename: 'stall.trace',
    service: undefined,
    pod: undefined,
    build: undefined,
    labels: {},
    sizeBytes: 1,
    receivedAt: unixMs(0),
    capturedAt: undefined,
    source: 'upload',
    reason: 'uploaded',
    blobKey: 'trace/00',
    status,
    error: undefined,
    analysisVersion: undefined,
    analysis: undefined,
    lock: undefined,
    worst: undefined,
  },
  worst,
  progress: undefined,
});
const list = { page: 1, service: undefined, lockName: undefined };
const said = (changes: Partial<Parameters<typeof headline>[0]>) =>
  plainText(headline({ ...list, rows: [], total: 0, ...changes })).replaceAll(/\s/g, ' ');

test('the list says how many there are and what the newest one says that is analysed', () => {
  const rows = [row('analysing'), row('done', lock), row('failed')];
  expect(said({ rows, total: 3 })).toBe(
    '3 traces. 1 being analysed. 1 could not be analysed. Received last: Goroutines waited up to 4 ms for config.(*Manager): 7 waits, P99 3 ms.',
  );
  expect(said({ rows: [row('done'), row('done', lock)], total: 2 })).toBe(
    '2 traces. In the one received last nothing waited for a lock.',
  );
});

test('an older page does not call its first row the newest', () => {
  expect(said({ rows: [row('done', lock)], total: 26, page: 2 })).toBe('26 traces.');
});

test('an empty list says of what it is empty', () => {
  expect(said({})).toBe('No execution trace yet. Drop one here, or record one.');
  expect(said({ service: 'orders' })).toBe('No execution trace of orders yet. Drop one here, or record one.');
  expect(said({ service: 'orders', lockName: 'config.(*Manager)' })).toBe(
    'No trace of orders shows config.(*Manager) yet.',
  );
});
