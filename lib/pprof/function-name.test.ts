import { expect, test } from 'vitest';
import { goFunctionName } from './function-name';

test.each([
  [
    'internal/sync.(*HashTrieMap[go.shape.interface {},go.shape.interface {}]).Swap',
    'internal/sync.(*HashTrieMap[...]).Swap',
  ],
  ['main.Map[go.shape.map[string]int]', 'main.Map[...]'],
  ['main.F[go.shape.[]uint8].func1', 'main.F[...].func1'],
  ['main.(*Pair[go.shape.int]).Swap[go.shape.string]', 'main.(*Pair[...]).Swap[...]'],
  ['sync.(*Mutex).Lock', 'sync.(*Mutex).Lock'],
  ['main.Done[...]', 'main.Done[...]'],
])('type arguments of %s are written as dots', (name, expected) => {
  expect(goFunctionName(name)).toBe(expected);
});

test.each(['get [Symbol.iterator]', 'operator[]', 'broken[go.shape.int', '[anonymous]'])(
  '%s has no type arguments and stays',
  (name) => {
    expect(goFunctionName(name)).toBe(name);
  },
);
