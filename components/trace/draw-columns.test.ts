import { expect, test } from 'vitest';
import { columnAt, largest, stack, visibleColumns } from './draw-columns';

const columns = { fromNs: 1_000, toNs: 2_000, values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };

test('only columns on screen are drawn, cut ones included', () => {
  expect(visibleColumns({ window: { fromNs: 1_250, toNs: 1_450 } }, columns)).toEqual({ first: 2, last: 4 });
  expect(visibleColumns({ window: { fromNs: 0, toNs: 9_000 } }, columns)).toEqual({ first: 0, last: 9 });
  const beside = visibleColumns({ window: { fromNs: 5_000, toNs: 6_000 } }, columns);
  expect(beside.last).toBeLessThan(beside.first);
});

test('an instant belongs to the column that begins at or before it', () => {
  expect(columnAt(columns, 1_000)).toBe(0);
  expect(columnAt(columns, 1_199)).toBe(1);
  expect(columnAt(columns, 2_000)).toBeUndefined();
  expect(columnAt(columns, 999)).toBeUndefined();
});

test('stacked series end with their sum', () => {
  const stacked = stack([
    [1, 2],
    [10, 20],
    [100, 200],
  ]);
  expect(stacked).toEqual([
    [1, 2],
    [11, 22],
    [111, 222],
  ]);
  expect(largest(stacked.at(-1) ?? [])).toBe(222);
});
