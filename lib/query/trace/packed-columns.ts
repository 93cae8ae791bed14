import type { Column } from './columns-file';

/** How a column was made smaller: see `packColumn`. */
export type Packing =
  | { readonly as: 'plain' }
  | { readonly as: 'ticks'; readonly tickNs: number }
  | { readonly as: 'narrow'; readonly least: number }
  | { readonly as: 'sparse'; readonly length: number; readonly fill: number | null };

const noTick = 0xffff_ffff;

/**
 * A column in fewer bytes: times as whole ticks, integers above their least one, and mostly equal ones as the rest
 * alone. Exact: what does not fit stays plain. `unpackColumn` gives the same values back. O(length).
 */
export function packColumn(column: Column, tickNs: number): { readonly packing: Packing; readonly columns: Column[] } {
  const fill = column[column.length >> 1] ?? 0;
  const rare: number[] = [];
  for (let row = 0; row < column.length && rare.length * 8 < column.length; row += 1)
    if (!Object.is(column[row], fill)) rare.push(row);
  if (rare.length * 8 < column.length) {
    const packing = { as: 'sparse', length: column.length, fill: Number.isNaN(fill) ? null : fill } as const;
    return { packing, columns: [Uint32Array.from(rare), Float64Array.from(rare, (row) => column[row] ?? 0)] };
  }
  if (column instanceof Float64Array) {
    const ticks = asTicks(column, tickNs);
    return ticks === undefined
      ? { packing: { as: 'plain' }, columns: [column] }
      : { packing: { as: 'ticks', tickNs }, columns: [ticks] };
  }
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of column) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const Narrow = most - least < 0x100 ? Uint8Array : most - least < 0x1_0000 ? Uint16Array : Uint32Array;
  const narrow = new Narrow(column.length);
  for (let row = 0; row < column.length; row += 1) narrow[row] = (column[row] ?? 0) - least;
  return { packing: { as: 'narrow', least: column.length === 0 ? 0 : least }, columns: [narrow] };
}

/** Writes the values of a packed column into `into`, which has its length. */
export function unpackColumn<T extends Column>(
  packing: Packing,
  columns: readonly Column[],
  into: (length: number) => T,
): T {
  const [first, second] = columns;
  if (packing.as === 'sparse') {
    const whole = into(packing.length).fill(packing.fill ?? Number.NaN);
    for (let index = 0; index < (first?.length ?? 0); index += 1) whole[first?.[index] ?? 0] = second?.[index] ?? 0;
    return whole as T; // `fill` gives back the array it was called on
  }
  const packed = first ?? new Uint8Array();
  const whole = into(packed.length);
  if (packing.as === 'plain') whole.set(packed);
  else if (packing.as === 'narrow')
    for (let row = 0; row < packed.length; row += 1) whole[row] = (packed[row] ?? 0) + packing.least;
  else
    for (let row = 0; row < packed.length; row += 1)
      whole[row] = packed[row] === noTick ? Number.NaN : (packed[row] ?? 0) * packing.tickNs;
  return whole;
}

/** Undefined when a value is no whole number of ticks. */
function asTicks(column: Float64Array, tickNs: number): Uint32Array | undefined {
  const ticks = new Uint32Array(column.length);
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] ?? 0;
    const count = Number.isNaN(value) ? noTick : Math.round(value / tickNs);
    if (count < 0 || count > noTick || (count === noTick) !== Number.isNaN(value)) return undefined;
    if (count !== noTick && count * tickNs !== value) return undefined;
    ticks[row] = count;
  }
  return ticks;
}
