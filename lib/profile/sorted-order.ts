/** The positions of `keys` in lexicographic order, a prefix before what continues it. Keys are unique. */
export function sortedOrder(keys: readonly (readonly number[])[]): number[] {
  return keys.map((_, i) => i).sort((base, comparison) => compareKeys(keys[base] ?? [], keys[comparison] ?? []));
}

/** The same for rows of a flat table: row i is `items[offsets[i] .. offsets[i + 1]]`. Only `rows` are ordered. */
export function sortedRows(rows: readonly number[], items: Uint32Array, offsets: Uint32Array): number[] {
  return rows.slice().sort((base, comparison) => {
    const baseStart = offsets[base] ?? 0;
    const baseLength = (offsets[base + 1] ?? 0) - baseStart;
    const comparisonStart = offsets[comparison] ?? 0;
    const comparisonLength = (offsets[comparison + 1] ?? 0) - comparisonStart;
    const shared = Math.min(baseLength, comparisonLength);
    for (let i = 0; i < shared; i++) {
      const difference = (items[baseStart + i] ?? 0) - (items[comparisonStart + i] ?? 0);
      if (difference !== 0) return difference;
    }
    return baseLength - comparisonLength;
  });
}

/** From a row to its position in `sorted`; rows that are not in it get 0. */
export function positionsOf(sorted: readonly number[], length: number): Uint32Array {
  const positions = new Uint32Array(length);
  for (let position = 0; position < sorted.length; position++) positions[sorted[position] ?? 0] = position;
  return positions;
}

/** Orders texts as the model does: by UTF-16 code unit. */
export function compareTexts(base: string, comparison: string): number {
  return base < comparison ? -1 : base > comparison ? 1 : 0;
}

function compareKeys(base: readonly number[], comparison: readonly number[]): number {
  const shared = Math.min(base.length, comparison.length);
  for (let i = 0; i < shared; i++) {
    const difference = (base[i] ?? 0) - (comparison[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return base.length - comparison.length;
}
