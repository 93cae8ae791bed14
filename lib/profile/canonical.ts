import { completeHeader, type ProfileHeader } from './header';
import { compareLabelSets } from './labels';
import type { FunctionTable, LocationTable, Profile, SampleLabel, SampleTable, StackTable } from './profile';
import type { SequenceTable } from './sequence-table';
import type { ValueColumns } from './value-columns';

/** Interned, unsorted tables as `ProfileBuilder` collects them. */
export interface ProfileParts {
  readonly header: ProfileHeader;
  readonly strings: readonly string[];
  readonly functions: SequenceTable;
  readonly locations: SequenceTable;
  readonly stacks: SequenceTable;
  readonly labelSets: readonly (readonly SampleLabel[])[];
  readonly samples: SequenceTable;
  readonly values: ValueColumns;
}

/** Sorts every table into the order that profile.ts defines and drops rows that no sample leads to. */
export function canonicalProfile(parts: ProfileParts): Profile {
  const sampleItems = parts.samples.items;
  const stackRows = keep(parts.stacks.length, evenItems(sampleItems));
  const locationRows = keep(parts.locations.length, itemsOf(parts.stacks, stackRows));
  const functionRows = keep(parts.functions.length, functionsOf(parts.locations, locationRows));
  const stringRows = keep(parts.strings.length, stringsOf(parts.functions, functionRows));

  const texts = stringRows.map((row) => parts.strings[row] ?? '');
  const strings = ['', ...texts.filter((text) => text !== '').sort(byCodeUnit)];
  const rankOfText = new Map(strings.map((text, rank) => [text, rank]));
  const stringRank = parts.strings.map((text) => rankOfText.get(text) ?? 0);

  const functions = sortFunctions(parts, functionRows, stringRank);
  const locations = sortLocations(parts, locationRows, functions.rank);
  const stacks = sortStacks(parts, stackRows, locations.rank);
  const labels = sortLabelSets(parts);
  return {
    ...completeHeader(parts.header),
    strings,
    functions: functions.table,
    locations: locations.table,
    stacks: stacks.table,
    samples: sortSamples(parts, stacks.rank, labels.rank),
    labelSets: labels.table,
  };
}

interface Sorted<T> {
  readonly table: T;
  /** From a row of the parts to a row of `table`. */
  readonly rank: Uint32Array;
}

function sortFunctions(parts: ProfileParts, rows: number[], stringRank: readonly number[]): Sorted<FunctionTable> {
  const items = parts.functions.items;
  const key = rows.map((row) => [
    stringRank[items[3 * row] ?? 0] ?? 0,
    stringRank[items[3 * row + 1] ?? 0] ?? 0,
    items[3 * row + 2] ?? 0,
  ]);
  const order = sortedOrder(key);
  const column = (field: number) => Uint32Array.from(order, (i) => key[i]?.[field] ?? 0);
  return {
    table: { length: rows.length, name: column(0), file: column(1), startLine: column(2) },
    rank: rankOf(rows, order, parts.functions.length),
  };
}

function sortLocations(parts: ProfileParts, rows: number[], functionRank: Uint32Array): Sorted<LocationTable> {
  const { items, offsets } = parts.locations;
  const key = rows.map((row) => {
    const at = offsets[row] ?? 0;
    const functionRow = items[at] ?? 0;
    // [function, line, addressHigh, addressLow, mapping], unsymbolised ones first.
    return functionRow === 0
      ? [-1, 0, items[at + 2] ?? 0, items[at + 1] ?? 0, (items[at + 3] ?? 0) - 1]
      : [functionRank[functionRow - 1] ?? 0, items[at + 1] ?? 0, 0, 0, -1];
  });
  const order = sortedOrder(key);
  const at = (i: number, field: number) => key[i]?.[field] ?? 0;
  return {
    table: {
      length: rows.length,
      func: Int32Array.from(order, (i) => at(i, 0)),
      line: Uint32Array.from(order, (i) => at(i, 1)),
      address: BigUint64Array.from(order, (i) => (BigInt(at(i, 2)) << 32n) | BigInt(at(i, 3))),
      mapping: Int32Array.from(order, (i) => at(i, 4)),
    },
    rank: rankOf(rows, order, parts.locations.length),
  };
}

function sortStacks(parts: ProfileParts, rows: number[], locationRank: Uint32Array): Sorted<StackTable> {
  const { items, offsets } = parts.stacks;
  const key = rows.map((row) =>
    Array.from(items.subarray(offsets[row], offsets[row + 1]), (location) => locationRank[location] ?? 0),
  );
  const order = sortedOrder(key);
  const ends = new Uint32Array(rows.length + 1);
  for (const [i, row] of order.entries()) ends[i + 1] = (ends[i] ?? 0) + (key[row]?.length ?? 0);
  return {
    table: {
      length: rows.length,
      offsets: ends,
      locations: Uint32Array.from(order.flatMap((i) => key[i] ?? [])),
    },
    rank: rankOf(rows, order, parts.stacks.length),
  };
}

function sortLabelSets(parts: ProfileParts): Sorted<readonly (readonly SampleLabel[])[]> {
  const items = parts.samples.items;
  const rows = keep(parts.labelSets.length, [0, ...items.filter((_, i) => i % 2 === 1)]);
  const sets = rows.map((row) => parts.labelSets[row] ?? []);
  const order = sets
    .map((_, i) => i)
    .sort((base, comparison) => compareLabelSets(sets[base] ?? [], sets[comparison] ?? []));
  return { table: order.map((i) => sets[i] ?? []), rank: rankOf(rows, order, parts.labelSets.length) };
}

function sortSamples(parts: ProfileParts, stackRank: Uint32Array, labelRank: Uint32Array): SampleTable {
  const { items, length } = parts.samples;
  const key = Array.from({ length }, (_, row) => [
    stackRank[items[2 * row] ?? 0] ?? 0,
    labelRank[items[2 * row + 1] ?? 0] ?? 0,
  ]);
  const order = sortedOrder(key);
  const newRow = rankOf(
    order.map((_, i) => i),
    order,
    length,
  );
  return {
    length,
    stack: Uint32Array.from(order, (i) => key[i]?.[0] ?? 0),
    labels: Uint32Array.from(order, (i) => key[i]?.[1] ?? 0),
    values: parts.values.columns.map((column) => Float64Array.from(order, (i) => column.at(i))),
    wide: parts.values.wide.map(
      (wide) =>
        new Map([...wide].map(([row, exact]) => [newRow[row] ?? 0, exact] as const).sort((a, b) => a[0] - b[0])),
    ),
  };
}

function evenItems(items: Uint32Array): Iterable<number> {
  return items.filter((_, i) => i % 2 === 0);
}

function* itemsOf(table: SequenceTable, rows: readonly number[]): Iterable<number> {
  const { items, offsets } = table;
  for (const row of rows) yield* items.subarray(offsets[row], offsets[row + 1]);
}

function* functionsOf(locations: SequenceTable, rows: readonly number[]): Iterable<number> {
  const { items, offsets } = locations;
  for (const row of rows) {
    const functionRow = items[offsets[row] ?? 0] ?? 0;
    if (functionRow > 0) yield functionRow - 1;
  }
}

function* stringsOf(functions: SequenceTable, rows: readonly number[]): Iterable<number> {
  const items = functions.items;
  for (const row of rows) {
    yield items[3 * row] ?? 0;
    yield items[3 * row + 1] ?? 0;
  }
}

/** The rows below `length` that occur in `used`, ascending. */
function keep(length: number, used: Iterable<number>): number[] {
  const seen = new Uint8Array(length);
  for (const row of used) seen[row] = 1;
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (seen[row] === 1) rows.push(row);
  return rows;
}

/** The positions of `keys` in lexicographic order, a prefix before what continues it. Keys are unique. */
function sortedOrder(keys: readonly (readonly number[])[]): number[] {
  return keys.map((_, i) => i).sort((base, comparison) => compareSequences(keys[base] ?? [], keys[comparison] ?? []));
}

function compareSequences(base: readonly number[], comparison: readonly number[]): number {
  const shared = Math.min(base.length, comparison.length);
  for (let i = 0; i < shared; i++) {
    const difference = (base[i] ?? 0) - (comparison[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return base.length - comparison.length;
}

function byCodeUnit(base: string, comparison: string): number {
  return base < comparison ? -1 : base > comparison ? 1 : 0;
}

/** From original row to sorted position, when position `i` holds `rows[order[i]]`. */
function rankOf(rows: readonly number[], order: readonly number[], length: number): Uint32Array {
  const rank = new Uint32Array(length);
  for (const [position, i] of order.entries()) rank[rows[i] ?? 0] = position;
  return rank;
}
