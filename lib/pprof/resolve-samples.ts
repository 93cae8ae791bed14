import { checkStrings, IdIndex, inconsistent } from './ids';
import type { Tables } from './tables';
import type { WireSamples } from './wire-profile';

/** Checks and looks up the samples, and turns their values into one column per sample type. */
export function resolveSamples(tables: Tables, columns: number, stringCount: number): WireSamples {
  const length = tables.sampleOffsets.length - 1;
  const offsets = tables.sampleOffsets.copy();
  const locations = resolveStacks(tables, offsets);
  checkStrings(tables.labelKey.view(), stringCount, 'label');
  checkStrings(tables.labelString.view(), stringCount, 'label');
  checkStrings(tables.labelUnit.view(), stringCount, 'label');
  return {
    length,
    offsets,
    locations,
    ...splitValues(tables, columns, length),
    labelOffsets: tables.labelOffsets.copy(),
    labelKey: tables.labelKey.copy(),
    labelString: tables.labelString.copy(),
    labelUnit: tables.labelUnit.copy(),
    labelNumber: tables.labelNumber,
  };
}

function resolveStacks(tables: Tables, offsets: Uint32Array): Uint32Array {
  const index = new IdIndex(tables.locationId.view(), 'location');
  const ids = tables.sampleLocations.view();
  const locations = new Uint32Array(ids.length);
  let sample = 0;
  for (let i = 0; i < ids.length; i++) {
    while (i >= (offsets[sample + 1] ?? 0)) sample += 1;
    locations[i] = index.indexOf(ids[i] ?? 0, 'sample', sample);
  }
  return locations;
}

function splitValues(tables: Tables, columns: number, length: number): Pick<WireSamples, 'values' | 'wide'> {
  const ends = tables.valueOffsets.view();
  const flat = tables.values.view();
  for (let sample = 0; sample < length; sample++) {
    const count = (ends[sample + 1] ?? 0) - (ends[sample] ?? 0);
    if (count !== columns) throw inconsistent(`${count} values for ${columns} sample types`, `sample ${sample}`);
  }
  const values: Float64Array[] = [];
  for (let column = 0; column < columns; column++) {
    const target = new Float64Array(length);
    for (let sample = 0; sample < length; sample++) target[sample] = flat[sample * columns + column] ?? 0;
    values.push(target);
  }
  const wide = values.map(() => new Map<number, bigint>());
  for (const [position, exact] of tables.wide) wide[position % columns]?.set(Math.floor(position / columns), exact);
  return { values, wide };
}
