import { expect, test } from 'vitest';
import type { Column } from './columns-file';
import { packColumn, unpackColumn } from './packed-columns';

function throughPacking(column: Column): { as: string; values: number[]; bytes: number } {
  const { packing, columns } = packColumn(column, 64);
  const like = (length: number) => {
    if (column instanceof Float64Array) return new Float64Array(length);
    if (column instanceof Int32Array) return new Int32Array(length);
    return column instanceof Uint8Array ? new Uint8Array(length) : new Uint32Array(length);
  };
  const bytes = columns.reduce((sum, part) => sum + part.byteLength, 0);
  return { as: packing.as, values: [...unpackColumn<Column>(packing, columns, like)], bytes };
}

test.each([
  ['ticks', Float64Array.of(0, 64, Number.NaN, 128, 64 * 4_294_967_294)],
  ['plain', Float64Array.of(0, 64, 65)],
  ['plain', Float64Array.of(-64, 64, 128)],
  ['plain', Float64Array.of(64, 128, 64 * 4_294_967_295)],
  ['narrow', Int32Array.of(-1, 254, 12)],
  ['narrow', Uint32Array.of(4_294_967_295, 4_294_900_000, 4_294_967_290)],
  ['sparse', Float64Array.from({ length: 100 }, (_, row) => (row === 40 ? 12.5 : Number.NaN))],
  ['sparse', Int32Array.from({ length: 100 }, (_, row) => (row === 3 ? 9 : -1))],
  ['narrow', new Uint32Array()],
] as const)('%s columns come back as they were', (as, column) => {
  const packed = throughPacking(column);
  expect(packed.values).toEqual([...column]);
  if (column.length > 0) expect(packed.as).toBe(as);
});

test('times take half, small integers a byte, mostly equal ones next to nothing', () => {
  const rows = 1_000;
  expect(throughPacking(Float64Array.from({ length: rows }, (_, row) => row * 64)).bytes).toBe(4 * rows);
  expect(throughPacking(Uint32Array.from({ length: rows }, (_, row) => row % 200)).bytes).toBe(rows);
  expect(throughPacking(new Float64Array(rows).fill(Number.NaN)).bytes).toBe(0);
});
