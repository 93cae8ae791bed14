import { expect, test } from 'vitest';
import { armOfText, linesOfComparison } from '@/tests/support/run-scene';
import { compareRuns } from './compare';
import { defaultOptions } from './options';

/** Ten runs around a level, as `noise` times their rank. */
function runs(level: number, contentions: number, noise = 0.02): string {
  const steps = [3, -4, 1, -2, 4, 0, -1, 2, -3, 5];
  return steps.map((step) => `${Math.round(level * (1 + step * noise))}/${contentions}`).join(' ');
}

const compare = (base: string, head: string) =>
  compareRuns(armOfText(base), armOfText(head, { offsetMs: 500 }), defaultOptions);

test('a lock that waits three times longer in every run is a regression, and others are unchanged', () => {
  const comparison = compare(
    `mutex Mutex.Unlock shop.(*Cache).Put+7 < shop.serve | ${runs(12_000, 30)}
     mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${runs(8_000, 20)}`,
    `mutex Mutex.Unlock shop.(*Cache).Put+7 < shop.serve | ${runs(36_000, 35)}
     mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${runs(8_000, 20)}`,
  );
  expect(linesOfComparison(comparison)).toBe(
    `regression per op
regression mutex.delay shop.(*Cache).Put ×3.0
unchanged mutex.delay shop.(*Log).Write ×1.0`,
  );
});

test('a lock that only the head has is new', () => {
  const comparison = compare(
    `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${runs(8_000, 20)}`,
    `mutex Mutex.Unlock shop.(*Log).Write+3 < shop.serve | ${runs(8_000, 20)}
     mutex Mutex.Unlock shop.(*Index).Add+9 < shop.build | ${runs(5_000, 10)}`,
  );
  expect(linesOfComparison(comparison)).toBe(
    `regression per op
regression mutex.delay shop.(*Index).Add new
unchanged mutex.delay shop.(*Log).Write ×1.0`,
  );
});
