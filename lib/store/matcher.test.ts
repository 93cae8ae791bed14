import { expect, test } from 'vitest';
import { compileMatchers } from './matcher';

const matches = (value: string, pattern: string): boolean =>
  compileMatchers([{ name: 'pod', op: '=~', value: pattern }])([['pod', value]]);

test.each([
  ['order-1', 'order-.*', true],
  ['order-1', 'order', false],
  ['a\nb', 'a.b', true],
  ['ORDER', '(?i)order', true],
  ['日本', '..', true],
])('%j against %j is %s: anchored, a dot matches a newline, case only when asked', (value, pattern, expected) => {
  expect(matches(value, pattern)).toBe(expected);
});

test('a missing label equals the empty string', () => {
  expect(compileMatchers([{ name: 'zone', op: '=~', value: '|a' }])([['pod', 'x']])).toBe(true);
  expect(compileMatchers([{ name: 'zone', op: '!=', value: '' }])([['pod', 'x']])).toBe(false);
});

test('a pattern that would make a backtracking engine hang is answered like any other', () => {
  expect(matches(`${'a'.repeat(2_000)}!`, '(a+)+')).toBe(false);
});

test.each([['(a'], ['(a)\\1'], ['a(?=b)'], ['x'.repeat(1_025)]])('%j is refused by name', (pattern) => {
  expect(() => matches('a', pattern.slice(0, 1_025))).toThrow(/^pod=~"/);
});
