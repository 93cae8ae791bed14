import { expect, test } from 'vitest';
import { joined } from '@/tests/support/recorded-trace';
import { encodeColumns, openColumns } from './columns-file';

const head = { name: 'é', list: [1, null] };
const columns = {
  a: Uint8Array.of(1, 2, 3),
  b: Uint16Array.of(65_535),
  c: Uint32Array.of(4_294_967_295, 0, 7),
  d: Int32Array.of(-1),
  e: Float64Array.of(0.5, Number.NaN, -0),
  none: new Uint32Array(),
};
const file = joined(encodeColumns(7, head, columns));

test('what was written is read back, as views on the bytes', () => {
  const read = openColumns(7, file);
  expect(read.head).toEqual(head);
  expect(Object.fromEntries(read.columns)).toEqual(columns);
  for (const column of read.columns.values()) expect(column.buffer).toBe(file.buffer);
});

test('bytes that do not begin at a multiple of 8 are read all the same', () => {
  const shifted = new Uint8Array(file.length + 3);
  shifted.set(file, 3);
  expect(Object.fromEntries(openColumns(7, shifted.subarray(3)).columns)).toEqual(columns);
});

test('another version is refused as such, before anything of it is read', () => {
  expect(() => openColumns(8, file)).toThrow(expect.objectContaining({ code: 'trace.analysis-version' }));
});

test('a file cut anywhere is refused as damaged', () => {
  for (let length = 0; length < file.length; length += 1) {
    expect(() => openColumns(7, file.slice(0, length))).toThrow(
      expect.objectContaining({ code: 'trace.analysis-damaged' }),
    );
  }
});

test('a flipped byte anywhere is refused', () => {
  for (let at = 0; at < file.length; at += 1) {
    const flipped = file.slice();
    flipped[at] = (flipped[at] ?? 0) ^ 0x40;
    const code = at >= 4 && at < 8 ? 'trace.analysis-version' : 'trace.analysis-damaged';
    expect(() => openColumns(7, flipped), `byte ${at}`).toThrow(expect.objectContaining({ code }));
  }
});
