import { completeHeader } from './header';
import { compareLabelSets } from './labels';
import type { FunctionTable, LocationTable, Profile, SampleTable, StackTable } from './profile';
import { compareTexts, positionsOf, sortedOrder, sortedRows } from './sorted-order';
import { type ProfileParts, usedRows } from './used-rows';

interface Sorted<T> {
  readonly table: T;
  /** From a row of the parts to a row of `table`. */
  readonly rank: Uint32Array;
}

/**
 * Sorts every table into the order that profile.ts defines and drops rows that no sample leads to.
 */
export function canonicalProfile(parts: ProfileParts): Profile {
  const used = usedRows(parts);
  const strings = sortStrings(parts, used.strings);
  const functions = sortFunctions(parts, used.functions, strings.rank);
  const locations = sortLocations(parts, used.locations, functions.rank);
  const stacks = sortStacks(parts, used.stacks, locations.rank);
  const labels = sortLabelSets(parts, used.labelSets);
  return {
    ...completeHeader(parts.header),
    strings: strings.table,
    functions: functions.table,
    locations: locations.table,
    stacks: stacks.table,
    samples: sortSamples(parts, stacks.rank, labels.rank),
    labelSets: labels.table,
  };
}

function sortStrings(parts: ProfileParts, rows: readonly number[]): Sorted<readonly string[]> {
  const named = rows.filter((row) => parts.strings[row] !== '');
  named.sort((base, comparison) => compareTexts(parts.strings[base] ?? '', parts.strings[comparison] ?? ''));
  // The empty string is row 0 whether it is used or not.
  const rank = positionsOf(named, parts.strings.length).map((position, row) =>
    parts.strings[row] === '' ? 0 : position + 1,
  );
  return { table: ['', ...named.map((row) => parts.strings[row] ?? '')], rank };
}

function sortFunctions(parts: ProfileParts, rows: readonly number[], stringRank: Uint32Array): Sorted<FunctionTable> {
  const items = parts.functions.items;
  const keys = rows.map((row) => [
    stringRank[items[3 * row] ?? 0] ?? 0,
    stringRank[items[3 * row + 1] ?? 0] ?? 0,
    items[3 * row + 2] ?? 0,
  ]);
  const order = sortedOrder(keys);
  const column = (field: number) => Uint32Array.from(order, (i) => keys[i]?.[field] ?? 0);
  return {
    table: { length: rows.length, name: column(0), file: column(1), startLine: column(2) },
    rank: rankOf(rows, order, parts.functions.length),
  };
}

function sortLocations(parts: ProfileParts, rows: readonly number[], functionRank: Uint32Array): Sorted<LocationTable> {
  const { items, offsets } = parts.locations;
  const keys = rows.map((row) => {
    const at = offsets[row] ?? 0;
    const functionRow = items[at] ?? 0;
    // [function, line, addressHigh, addressLow, mapping], unsymbolised ones first.
    return functionRow === 0
      ? [-1, 0, items[at + 2] ?? 0, items[at + 1] ?? 0, (items[at + 3] ?? 0) - 1]
      : [functionRank[functionRow - 1] ?? 0, items[at + 1] ?? 0, 0, 0, -1];
  });
  const order = sortedOrder(keys);
  const field = (i: number, column: number) => keys[i]?.[column] ?? 0;
  return {
    table: {
      length: rows.length,
      func: Int32Array.from(order, (i) => field(i, 0)),
      line: Uint32Array.from(order, (i) => field(i, 1)),
      address: BigUint64Array.from(order, (i) => (BigInt(field(i, 2)) << 32n) | BigInt(field(i, 3))),
      mapping: Int32Array.from(order, (i) => field(i, 4)),
    },
    rank: rankOf(rows, order, parts.locations.length),
  };
}

function sortStacks(parts: ProfileParts, rows: readonly number[], locationRank: Uint32Array): Sorted<StackTable> {
  const { offsets } = parts.stacks;
  const ranked = parts.stacks.items.map((location) => locationRank[location] ?? 0);
  const sorted = sortedRows(rows, ranked, offsets);
  const ends = new Uint32Array(sorted.length + 1);
  const locations = new Uint32Array(ranked.length);
  let length = 0;
  for (let i = 0; i < sorted.length; i++) {
    const row = sorted[i] ?? 0;
    for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) locations[length++] = ranked[at] ?? 0;
    ends[i + 1] = length;
  }
  return {
    table: { length: sorted.length, offsets: ends, locations: locations.slice(0, length) },
    rank: positionsOf(sorted, parts.stacks.length),
  };
}

function sortLabelSets(parts: ProfileParts, rows: readonly number[]): Sorted<Profile['labelSets']> {
  const setOf = (row: number) => parts.labelSets[row] ?? [];
  const sorted = [...rows].sort((base, comparison) => compareLabelSets(setOf(base), setOf(comparison)));
  return { table: sorted.map(setOf), rank: positionsOf(sorted, parts.labelSets.length) };
}

function sortSamples(parts: ProfileParts, stackRank: Uint32Array, labelRank: Uint32Array): SampleTable {
  const { items, length } = parts.samples;
  const keys = Array.from({ length }, (_, row) => [
    stackRank[items[2 * row] ?? 0] ?? 0,
    labelRank[items[2 * row + 1] ?? 0] ?? 0,
  ]);
  const order = sortedOrder(keys);
  const rank = positionsOf(order, length);
  return {
    length,
    stack: Uint32Array.from(order, (row) => keys[row]?.[0] ?? 0),
    labels: Uint32Array.from(order, (row) => keys[row]?.[1] ?? 0),
    values: parts.values.columns.map((column) => Float64Array.from(order, (row) => column.at(row))),
    wide: parts.values.wide.map((wide) => sortWide(wide, rank)),
  };
}

function sortWide(wide: ReadonlyMap<number, bigint>, rank: Uint32Array): ReadonlyMap<number, bigint> {
  const entries = [...wide].map(([row, exact]) => [rank[row] ?? 0, exact] as const);
  return new Map(entries.sort(([base], [comparison]) => base - comparison));
}

function rankOf(rows: readonly number[], order: readonly number[], length: number): Uint32Array {
  return positionsOf(
    order.map((i) => rows[i] ?? 0),
    length,
  );
}
