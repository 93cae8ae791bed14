import { expect, test } from 'vitest';
import { SymbolTable } from './symbol-table';

test('equal strings, frames and stacks get one id, others another', () => {
  const table = new SymbolTable();
  const [get, put, file] = ['main.get', 'main.put', 'main.go'].map((text) => table.string(text));
  expect([get, put, file, table.string('main.get'), table.string('')]).toEqual([1, 2, 3, 1, 0]);
  const frames = [
    table.frame(1, 3, 10),
    table.frame(1, 3, 11),
    table.frame(2, 3, 10),
    table.frame(1, 2, 10),
    table.frame(1, 3, 10),
  ];
  expect(frames).toEqual([0, 1, 2, 3, 0]);
  const stacks = [[0, 1], [1, 0], [0], [], [0, 1]].map((stack) => table.stack(Uint32Array.from(stack)));
  expect(stacks).toEqual([1, 2, 3, 0, 1]);
  expect(table.framesOf(2)).toEqual([
    { function: 'main.get', line: 11 },
    { function: 'main.get', line: 10 },
  ]);
});

test('the outermost function is the last frame, and none of no stack', () => {
  const table = new SymbolTable();
  const frame = (name: string) => table.frame(table.string(name), 0, 1);
  const stack = table.stack(Uint32Array.from([frame('sync.(*Mutex).Lock'), frame('main.main')]));
  expect([table.text(table.outermostFunction(stack)), table.outermostFunction(0)]).toEqual(['main.main', 0]);
});

test('a line that no file has is 0', () => {
  const table = new SymbolTable();
  expect(table.frame(0, 0, 2 ** 40)).toBe(table.frame(0, 0, -1));
  expect(Array.from(table.symbols().frameLine)).toEqual([0]);
});

test('a million different frames are enough', () => {
  const table = new SymbolTable();
  const fill = () => {
    for (let line = 0; line <= 1_048_576; line += 1) table.frame(0, 0, line);
  };
  expect(fill).toThrow('more than 1048576 different frames');
});
