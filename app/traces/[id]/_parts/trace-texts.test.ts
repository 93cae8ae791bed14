import { expect, test } from 'vitest';
import { doingParts } from './doing-text';
import { overviewSentence } from './overview-sentence';
import { longestOf, maximumText } from './percentile-text';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const percentiles = {
  p50Ns: 366e6,
  p90Ns: 660e6,
  p99Ns: 726e6,
  maxNs: 732e6,
  n: 366,
  censored: 0,
  longestCensoredNs: null,
};

test('the maximum is a lower bound when a wait that was cut off had lasted longer', () => {
  expect(plain(maximumText(percentiles))).toBe('max 732 ms');
  expect(plain(maximumText({ ...percentiles, censored: 1, longestCensoredNs: 2.3e9 }))).toBe('max ≥ 2.3 s');
  expect(longestOf({ ...percentiles, censored: 1, longestCensoredNs: 1e6 })).toEqual({ ns: 732e6, atLeast: false });
  expect(maximumText({ ...percentiles, maxNs: null })).toBe('no wait ended');
});

test('what a holder did is told in shares of what is certain, largest first', () => {
  const none = { running: 0, runnable: 0, syscall: 0, network: 0, lock: 0, sleep: 0, gc: 0, other: 0 };
  expect(doingParts({ ...none, running: 10, network: 960, runnable: 30 })).toEqual([
    { name: 'network wait', share: 0.96 },
    { name: 'runnable', share: 0.03 },
    { name: 'running', share: 0.01 },
  ]);
  expect(doingParts(none)).toEqual([]);
});

test('the minimap says when most goroutines waited, or that none did', () => {
  const convoys: never[] = [];
  const said = overviewSentence({ mean: [0, 10, 50, 0], max: [0, 20, 366, 0] }, { durationNs: 4e9, convoys });
  expect(plain(said)).toBe(
    'Over 4 s, 15.0 goroutines waited for locks on average and 366 at most, at 2.5 s; 0 convoys.',
  );
  expect(plain(overviewSentence({ mean: [0], max: [0] }, { durationNs: 4e9, convoys }))).toBe(
    'No goroutine waited for a lock in 4 s.',
  );
});
