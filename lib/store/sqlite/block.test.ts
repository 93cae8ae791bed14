import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBlock, emptyRows, encodeBlock, reserveRows, type StackRows } from './block';
import { VarintReader, VarintWriter } from './varint';

/** Integers of every size a window may hold: small, up to 2^53, and doubles up to 2^63. */
const integer = fc.oneof(
  fc.nat(300),
  fc.maxSafeNat(),
  fc.tuple(fc.maxSafeNat(), fc.nat(10)).map(([base, shift]) => base * 2 ** shift),
);
const rows = fc.uniqueArray(fc.tuple(fc.nat(2 ** 31), integer, integer), { selector: ([id]) => id, maxLength: 80 });

function toRows(list: readonly (readonly [number, number, number])[]): StackRows {
  const made = emptyRows(1);
  reserveRows(made, list.length);
  made.length = list.length;
  list.forEach(([id, count, value], index) => {
    made.ids[index] = id;
    made.counts[index] = count;
    made.values[index] = value;
  });
  return made;
}

function toList({ length, ids, counts, values }: StackRows): number[][] {
  return Array.from({ length }, (_, index) => [ids[index] ?? 0, counts[index] ?? 0, values[index] ?? 0]);
}

test('a block gives back every row bit for bit, by ascending id', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const decoded = emptyRows();
      decodeBlock(encodeBlock(toRows(list)), decoded);
      expect(toList(decoded)).toEqual([...list].sort((a, b) => a[0] - b[0]));
    }),
  );
});

test('values that are count × period cost no bytes', () => {
  const cpu = toRows(Array.from({ length: 50 }, (_, index) => [index + 1, index + 3, (index + 3) * 10_000_000]));
  const other = toRows(Array.from({ length: 50 }, (_, index) => [index + 1, index + 3, (index + 4) * 10_000_000]));
  expect([encodeBlock(cpu).length, encodeBlock(other).length]).toEqual([107, 157]);
});

test('a block that is cut anywhere is told from a whole one', () => {
  const block = encodeBlock(
    toRows([
      [5, 300, 1_000_003],
      [9, 1, 2 ** 60],
      [70_000, 2, 7],
    ]),
  );
  for (let length = 0; length < block.length; length++) {
    expect(() => decodeBlock(block.subarray(0, length), emptyRows())).toThrow(/stored block/);
  }
});

test('a varint holds any integer a double holds', () => {
  const writer = new VarintWriter();
  fc.assert(
    fc.property(fc.array(integer), (numbers) => {
      for (const number of numbers) writer.varint(number);
      const reader = new VarintReader().open(writer.take());
      expect(numbers.map(() => reader.varint())).toEqual(numbers);
      expect(reader.left).toBe(0);
    }),
  );
});
