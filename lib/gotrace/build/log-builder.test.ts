import { expect, test } from 'vitest';
import { goCause, goState } from '../trace';
import { LogBuilder } from './log-builder';

test('numbers of strings and stacks beyond 16 bits are kept, and those before them', () => {
  const builder = new LogBuilder(1);
  const numbers = [7, 65_535, 65_536, 3, 4_000_000];
  const rows = 5_000; // more than there is room for at first
  for (let row = 0; row < rows; row += 1) {
    const number = numbers[row % numbers.length] ?? 0;
    builder.push(row, 0, goState.waiting, goCause.blocked, number, row === 0 ? 0 : number + 1, -1, row - 1);
  }
  builder.learnStack(0, 70_000);
  builder.learnStack(1, 5);
  const { log } = builder.finish();
  const expected = Array.from({ length: rows }, (_, row) => numbers[row % numbers.length] ?? 0);
  expect(Array.from(log.reason)).toEqual(expected);
  expect(Array.from(log.stack)).toEqual(expected.map((number, row) => (row === 0 ? 70_000 : number + 1)));
});

test('rows are linked to the next of the same goroutine, also after some were taken back', () => {
  const builder = new LogBuilder(1);
  const push = (timeNs: number, goroutine: number, previous: number) =>
    builder.push(timeNs, goroutine, goState.running, goCause.started, 0, 0, -1, previous);
  push(10, 0, -1);
  push(20, 1, -1);
  push(5, 0, 0);
  push(30, 1, 1);
  const newest = new Int32Array(2).fill(-1);
  builder.truncate(2, newest);
  expect(Array.from(newest)).toEqual([0, 1]);
  push(8, 0, 0);
  const { log, backwards } = builder.finish();
  expect([Array.from(log.next), Array.from(log.previous)]).toEqual([
    [2, -1, -1],
    [-1, -1, 0],
  ]);
  expect(backwards).toEqual({ intervals: 1, largestNs: 2 });
});
