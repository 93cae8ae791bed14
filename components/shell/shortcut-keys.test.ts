import { expect, test } from 'vitest';
import { keyCaps, keyName, matchKeys } from './shortcut-keys';

const press = (key: string, held: 'meta' | 'ctrl' | 'alt' | 'none' = 'none') =>
  keyName({ key, metaKey: held === 'meta', ctrlKey: held === 'ctrl', altKey: held === 'alt' });

test('⌘K and Ctrl-K are one shortcut, Alt combinations are none', () => {
  expect(press('k', 'meta')).toBe('mod+k');
  expect(press('K', 'ctrl')).toBe('mod+k');
  expect(press('k', 'alt')).toBeUndefined();
  expect(press(' ')).toBe('Space');
});

test('a sequence waits for its second key and forgets the first when it does not fit', () => {
  const known = ['g o', 'g l', 'j', '?'];
  const first = matchKeys(undefined, 'g', known);
  expect(first).toEqual({ match: undefined, pending: 'g' });
  expect(matchKeys(first.pending, 'o', known)).toEqual({ match: 'g o', pending: undefined });
  expect(matchKeys(first.pending, 'j', known)).toEqual({ match: 'j', pending: undefined });
  expect(matchKeys(first.pending, 'x', known)).toEqual({ match: undefined, pending: undefined });
});

test('keys are shown as their caps', () => {
  expect(keyCaps('mod+k')).toBe('⌘K');
  expect(keyCaps('g o')).toBe('g o');
});
