import { expect, test } from 'vitest';
import { packRows } from './pack-rows';

const span = (startNs: number, endNs: number) => ({ startNs, endNs });
const never = Number.NEGATIVE_INFINITY;

test('holds that follow each other share a row, those at the same time do not', () => {
  const packed = packRows([span(0, 10), span(2, 5), span(5, 9), span(10, 12)], 4);
  expect(packed).toEqual({ rows: [0, 1, 1, 0], free: [never, never, 5, 10], used: 2, crowded: 0 });
});

test('more at once than there are rows are counted', () => {
  const packed = packRows([span(0, 9), span(1, 9), span(2, 9)], 2);
  expect(packed).toMatchObject({ rows: [0, 1, 1], used: 2, crowded: 1 });
});

test('no hold still takes one row', () => {
  expect(packRows([], 3)).toEqual({ rows: [], free: [], used: 1, crowded: 0 });
});
