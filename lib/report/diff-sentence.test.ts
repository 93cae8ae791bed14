import { expect, test } from 'vitest';
import { comparison, lockChange } from '@/tests/support/comparison-of';
import { diffSentence } from './diff-sentence';
import { plainText } from './sentence';

const says = (facts: Parameters<typeof comparison>[0]) =>
  plainText(diffSentence(comparison(facts))).replaceAll('\u00a0', ' ');

test('a regression names the lock, from how much to how much, and in how many runs', () => {
  expect(says({ verdict: 'regression', locks: [lockChange()] })).toMatch(
    /^1 lock waits longer: .* goes from .* to .* goroutines waiting, in \d+ of \d+ runs\.$/,
  );
});

test('waits that are no locks are not called locks', () => {
  const channel = lockChange({ id: 'c', name: 'event.(*Bus).Publish', family: 'chan' });
  expect(says({ verdict: 'regression', locks: [lockChange(), channel] })).toMatch(
    /^1 lock and 1 other place wait longer: .*; also event\.\(\*Bus\)\.Publish\.$/,
  );
});

test('fewer than five runs are never called a change', () => {
  const text = says({ verdict: 'inconclusive', runs: { base: 10, head: 1, interleaved: false } });
  expect(text).toBe('Not enough runs to tell: 10 and 1, at least 5 of each are needed.');
});

test('no change says how small a one would have been seen', () => {
  expect(says({ verdict: 'unchanged', blindBelowRatio: { lock: 1.3, cpu: null, time: 1.05 } })).toBe(
    "Nothing got worse by more than could be seen here: ×1.3 in a lock's waiting, ×1.05 in time per operation.",
  );
});
