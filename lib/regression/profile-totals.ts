import { foreignReason } from './foreign';
import { besideOf, type PairedRow, valuesOf } from './paired-row';

/**
 * What one arm's profile adds up to, ns per unit for each run, from all rows of that profile: of contention the delay
 * of the program's own sites, of CPU the self time of everything, which no two functions share.
 */
export function profileTotals(rows: readonly PairedRow[], arm: 'base' | 'head'): number[] {
  const totals: number[] = [];
  for (const row of rows) {
    if (row.source !== 'cpu' && foreignReason(row) !== undefined) continue;
    const values = row.source === 'cpu' ? besideOf(row, arm) : valuesOf(row, arm);
    for (const [run, value] of values.entries()) totals[run] = (totals[run] ?? 0) + value;
  }
  return totals;
}
