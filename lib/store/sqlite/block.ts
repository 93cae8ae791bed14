import { LockscopeError } from '@/lib/errors';
import { greatestCommonDivisor } from '../step';
import { VarintReader, VarintWriter } from './varint';

/** Rows of a block: local stack ids with their counts and values; only the first `length` entries count. */
export interface StackRows {
  length: number;
  ids: Uint32Array;
  counts: Float64Array;
  values: Float64Array;
}

export function emptyRows(capacity = 64): StackRows {
  return {
    length: 0,
    ids: new Uint32Array(capacity),
    counts: new Float64Array(capacity),
    values: new Float64Array(capacity),
  };
}

export function reserveRows(rows: StackRows, length: number): void {
  if (rows.ids.length >= length) return;
  Object.assign(rows, emptyRows(Math.max(length, 2 * rows.ids.length)));
}

const version = 1;
/** Every value is count × gcd and is left out (CPU: a sample is one period). */
const valuesFollowCounts = 1;
const writer = new VarintWriter();
const reader = new VarintReader();

/**
 * version, flags, n, gcd of the values; then n ids (ascending, as differences), n counts, n values / gcd; varints all.
 * Rows may come in any order of ids; ids are unique.
 */
export function encodeBlock(rows: StackRows): Buffer {
  const order = orderById(rows);
  const { length, ids, counts, values } = rows;
  let divisor = 0;
  for (let index = 0; index < length && divisor !== 1; index++) {
    divisor = greatestCommonDivisor(values[index] ?? 0, divisor);
  }
  if (divisor === 0) divisor = 1;
  let follows = true;
  for (let index = 0; index < length && follows; index++) follows = values[index] === (counts[index] ?? 0) * divisor;
  writer.byte(version);
  writer.byte(follows ? valuesFollowCounts : 0);
  writer.varint(length);
  writer.varint(divisor);
  let before = 0;
  for (const index of order) {
    const id = ids[index] ?? 0;
    writer.varint(id - before);
    before = id;
  }
  for (const index of order) writer.varint(counts[index] ?? 0);
  if (!follows) for (const index of order) writer.varint((values[index] ?? 0) / divisor);
  return writer.take();
}

function orderById(rows: StackRows): Iterable<number> & { length: number } {
  // id × 2^20 + index stays below 2^53 for ids below 2^33; a window holds fewer than 2^20 stacks.
  const keys = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) keys[index] = (rows.ids[index] ?? 0) * 1_048_576 + index;
  keys.sort();
  const order = new Uint32Array(rows.length);
  for (let index = 0; index < rows.length; index++) order[index] = (keys[index] ?? 0) % 1_048_576;
  return order;
}

/** The most rows one block can hold. */
export const mostRows = 1_048_576;

/** Reads a block into `into`, replacing what was there. Throws `store.damaged`. */
export function decodeBlock(bytes: Uint8Array, into: StackRows): void {
  reader.open(bytes);
  const [found, flags] = [reader.byte(), reader.byte()];
  if (found !== version) throw new LockscopeError('store.damaged', `a stored block has version ${found}`);
  const length = reader.varint();
  if (length > reader.left + 1) throw new LockscopeError('store.damaged', `a stored block claims ${length} rows`);
  const divisor = reader.varint();
  reserveRows(into, length);
  into.length = length;
  const { ids, counts, values } = into;
  let id = 0;
  for (let index = 0; index < length; index++) {
    id += reader.varint();
    ids[index] = id;
  }
  for (let index = 0; index < length; index++) counts[index] = reader.varint();
  if ((flags & valuesFollowCounts) !== 0) {
    for (let index = 0; index < length; index++) values[index] = (counts[index] ?? 0) * divisor;
  } else {
    for (let index = 0; index < length; index++) values[index] = reader.varint() * divisor;
  }
}
