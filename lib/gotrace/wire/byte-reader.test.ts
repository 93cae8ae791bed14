import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader, none } from './byte-reader';

function varint(value: bigint, padding = 0): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  for (let left = Math.min(padding, 10 - bytes.length); left > 0; left -= 1) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(0);
  }
  return bytes;
}

const readerOf = (bytes: readonly number[]) => new ByteReader(Uint8Array.from(bytes), 0, bytes.length, 1_000);

test('integers are read as written, padded or not, exactly below 2^53', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(9), (value, padding) => {
      const bytes = varint(value, padding);
      const reader = readerOf([...bytes, 1]);
      expect(reader.varint()).toBe(value === 2n ** 64n - 1n ? none : Number(value));
      expect(reader.position).toBe(bytes.length);
    }),
  );
});

test('2^64 - 1 is none, its neighbour is not', () => {
  expect(readerOf(varint(2n ** 64n - 1n)).varint()).toBe(none);
  expect(readerOf(varint(2n ** 64n - 2n)).varint()).toBe(2 ** 64);
  expect(readerOf(varint(2n ** 53n - 1n)).varint()).toBe(2 ** 53 - 1);
});

test.each([
  ['an empty stretch', [], 'gotrace.truncated'],
  ['an integer cut after one byte', [0x80], 'gotrace.truncated'],
  ['an integer cut after five bytes', [0x80, 0x80, 0x80, 0x80, 0x80], 'gotrace.truncated'],
  ['2^64', varint(2n ** 64n), 'gotrace.varint'],
  ['eleven bytes', [...Array<number>(10).fill(0x80), 0], 'gotrace.varint'],
])('%s is refused', (_, bytes, code) => {
  expect(() => readerOf(bytes).varint()).toThrow(
    expect.objectContaining({ code, place: expect.stringMatching(/^byte 10\d\d$/) }),
  );
});

test('no more bytes are taken than there are', () => {
  const reader = readerOf([1, 2, 3]);
  expect(Array.from(reader.take(2))).toEqual([1, 2]);
  expect(() => reader.take(2)).toThrow(/ends inside an item/);
  expect(() => reader.take(-1)).toThrow(/ends inside an item/);
});
