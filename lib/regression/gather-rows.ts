import { groupBy } from '@/lib/group-by';
import type { ArmRow } from './arm-table';
import { matchingName } from './names';

/** The rows of one run, and what its values are divided by. */
export interface Measured<Row> {
  /** Number of the run among the arm's. */
  readonly index: number;
  readonly per: number;
  readonly rows: readonly Row[];
}

/** How the rows of one source are read. */
export interface Reading<Row> {
  readonly value: (row: Row) => number;
  readonly beside: (row: Row) => number;
  readonly events: (row: Row) => number;
  readonly describe: (row: Row) => Pick<ArmRow, 'site' | 'place' | 'def'>;
  readonly callers: (row: Row) => readonly string[];
  readonly callees: (row: Row) => readonly string[];
}

/** Adds up the rows of each key run by run; the key's first row describes it. */
export function gatherRows<Row>(
  runs: readonly Measured<Row>[],
  keyOf: (row: Row) => string,
  read: Reading<Row>,
): ArmRow[] {
  const cells = runs.flatMap(({ per, rows }, run) => rows.map((row) => ({ run, per, row })));
  return [...groupBy(cells, ({ row }) => keyOf(row)).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const column = (of: (row: Row) => number): number[] => {
      const sums = new Array<number>(runs.length).fill(0);
      for (const { run, per, row } of own) sums[run] = (sums[run] ?? 0) + of(row) / per;
      return sums;
    };
    const described = read.describe(first.row);
    return [
      {
        ...described,
        name: matchingName(described.site.function),
        values: column(read.value),
        beside: column(read.beside),
        events: own.reduce((sum, { row }) => sum + read.events(row), 0),
        callers: namesOf(own.flatMap(({ row }) => read.callers(row))),
        callees: namesOf(own.flatMap(({ row }) => read.callees(row))),
      },
    ];
  });
}

function namesOf(names: readonly string[]): string[] {
  return [...new Set([...new Set(names)].map(matchingName))].sort();
}
