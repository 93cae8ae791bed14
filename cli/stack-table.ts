import { framesOfSample } from '@/lib/pprof/frames';
import { valueColumn } from '@/lib/pprof/value-column';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { Frame } from '@/lib/profile/profile';

/** What one stack added in a window. */
export interface StackRow {
  /** Leaf first. */
  readonly frames: readonly Frame[];
  /** Contentions. */
  readonly count: number;
  /** Delay in ns. */
  readonly value: number;
}

/** Rows of one block or mutex profile by stack. */
export type StackTable = ReadonlyMap<string, StackRow>;

/** `table` minus `base`, stacks without change left away; undefined when any stack fell. */
export function subtractTable(table: StackTable, base: StackTable): StackRow[] | undefined {
  for (const [key, row] of base) {
    const now = table.get(key);
    const fell = now === undefined ? row.count > 0 || row.value > 0 : now.count < row.count || now.value < row.value;
    if (fell) return undefined;
  }
  return [...table].flatMap(([key, row]) => {
    const { count, value } = base.get(key) ?? { count: 0, value: 0 };
    const change = { frames: row.frames, count: row.count - count, value: row.value - value };
    return change.count === 0 && change.value === 0 ? [] : [change];
  });
}

/** Stacks by function and line, so that address spaces of two processes compare. */
export function tableOf(profile: WireProfile): StackTable {
  const counts = valueColumn(profile, 'contentions');
  const values = valueColumn(profile, 'delay');
  const table = new Map<string, StackRow>();
  for (let sample = 0; sample < profile.samples.length; sample++) {
    const frames = framesOfSample(profile, sample);
    const key = frames.map((frame) => `${frame.function}\0${frame.file}\0${frame.line}`).join('\n');
    const known = table.get(key);
    table.set(key, {
      frames,
      count: (known?.count ?? 0) + (counts?.[sample] ?? 0),
      value: (known?.value ?? 0) + (values?.[sample] ?? 0),
    });
  }
  return table;
}

export function tableTotals(table: StackTable): { readonly count: number; readonly value: number } {
  let count = 0;
  let value = 0;
  for (const row of table.values()) {
    count += row.count;
    value += row.value;
  }
  return { count, value };
}
