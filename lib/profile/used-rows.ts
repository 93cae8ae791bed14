import type { ProfileHeader } from './header';
import type { SampleLabel } from './profile';
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

/** Per table the rows that samples lead to, ascending. Label set 0 is always used. */
export function usedRows({ strings, functions, locations, stacks, labelSets, samples }: ProfileParts) {
  const [usedStacks, usedLabelSets] = [new UsedRows(stacks.length), new UsedRows(labelSets.length)];
  usedLabelSets.add(0);
  for (let i = 0; i < samples.items.length; i += 2) {
    usedStacks.add(samples.items[i] ?? 0);
    usedLabelSets.add(samples.items[i + 1] ?? 0);
  }
  const stackRows = usedStacks.list();
  const usedLocations = new UsedRows(locations.length);
  const [stackItems, stackOffsets] = [stacks.items, stacks.offsets];
  for (const row of stackRows) {
    for (let i = stackOffsets[row] ?? 0; i < (stackOffsets[row + 1] ?? 0); i++) usedLocations.add(stackItems[i] ?? 0);
  }
  const locationRows = usedLocations.list();
  const usedFunctions = new UsedRows(functions.length);
  const [locationItems, locationOffsets] = [locations.items, locations.offsets];
  for (const row of locationRows) {
    const functionRow = locationItems[locationOffsets[row] ?? 0] ?? 0;
    if (functionRow > 0) usedFunctions.add(functionRow - 1);
  }
  const functionRows = usedFunctions.list();
  const usedStrings = new UsedRows(strings.length);
  const functionItems = functions.items;
  for (const row of functionRows) {
    usedStrings.add(functionItems[3 * row] ?? 0);
    usedStrings.add(functionItems[3 * row + 1] ?? 0);
  }
  return {
    stacks: stackRows,
    locations: locationRows,
    functions: functionRows,
    strings: usedStrings.list(),
    labelSets: usedLabelSets.list(),
  };
}

class UsedRows {
  private readonly flags: Uint8Array;

  constructor(length: number) {
    this.flags = new Uint8Array(length);
  }

  add(row: number): void {
    this.flags[row] = 1;
  }

  /** Ascending. */
  list(): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.flags.length; row++) if (this.flags[row] === 1) rows.push(row);
    return rows;
  }
}
