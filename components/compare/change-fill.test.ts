import { expect, test } from 'vitest';
import { changePaint, changeStep } from './change-fill';

const neutral = { relative: 0.1, absolute: 0.01 };

test.each([
  [{ base: 1, head: 1.05 }, 0],
  [{ base: 1, head: 1.2 }, 1],
  [{ base: 1, head: 4.1 }, 4],
  [{ base: 4.1, head: 1 }, -4],
  [{ base: 1, head: 0.6 }, -2],
  [{ base: 0, head: 0.005 }, 0],
  [{ base: 0, head: 3 }, 4],
])('%j is step %i', (change, step) => {
  expect(changeStep(change, neutral)).toBe(step);
});

test('a frame whose share changed but not its rate is neutral', () => {
  expect(changePaint({ base: 2, head: 2 }, neutral)).toBe('var(--diff-0)');
});

test('what is new or gone is hatched', () => {
  expect(changePaint({ base: 0, head: 3 }, neutral)).toBe('url(#cmp-new)');
  expect(changePaint({ base: 3, head: 0 }, neutral)).toBe('url(#cmp-gone)');
});
