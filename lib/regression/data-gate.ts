import { groupBy } from '@/lib/group-by';
import type { Comparison } from './comparison';
import { foreignReason } from './foreign';
import { type PairedRow, valuesOf } from './paired-row';
import { profileTotals } from './profile-totals';

/** Events pooled over both arms before a site is tested: what its own sampling error demands. */
const leastEvents = { mutex: 50, block: 50, cpu: 100, time: 0 } as const;
const leastRunsWithIt = 0.2;
const leastShare = 0.01;
/** A frame on nearly every stack equals the total. */
const rootShare = 0.99;

export interface Gated {
  readonly rows: readonly PairedRow[];
  readonly leftOut: Comparison['leftOut'];
}

/**
 * Keeps the rows that can be tested. Every limit looks at both arms pooled, never at which arm a value came from, so
 * that it does not bias the tests that follow (independent filtering, Bourgon 2010). What is left out is counted by
 * reason, in order of the first row with it.
 */
export function gateRows(rows: readonly PairedRow[]): Gated {
  const kept: PairedRow[] = [];
  const reasons: string[] = [];
  for (const tables of groupBy(rows, (row) => `${row.source}\0${row.benchmark}`).values()) {
    const eligible = tables.filter((row) => {
      const reason = foreignReason(row);
      if (reason !== undefined) reasons.push(reason);
      return reason === undefined;
    });
    const total = sum([...profileTotals(tables, 'base'), ...profileTotals(tables, 'head')]);
    for (const row of eligible) {
      const reason = thinReason(row, total);
      if (reason === undefined) kept.push(row);
      else reasons.push(reason);
    }
  }
  return {
    rows: kept,
    leftOut: [...groupBy(reasons, (reason) => reason)].map(([reason, of]) => ({ reason, sites: of.length })),
  };
}

function thinReason(row: PairedRow, total: number): string | undefined {
  const events = (row.base?.events ?? 0) + (row.head?.events ?? 0);
  const needed = leastEvents[row.source];
  if (events < needed)
    return row.source === 'cpu' ? `fewer than ${needed} samples` : `fewer than ${needed} contentions`;
  const values = [...valuesOf(row, 'base'), ...valuesOf(row, 'head')];
  if (values.filter((value) => value > 0).length < leastRunsWithIt * values.length)
    return 'in fewer than 20 % of the runs';
  if (row.source === 'time') return undefined;
  const share = sum(values) / total;
  if (share < leastShare) return 'less than 1 % of its profile';
  if (row.source === 'cpu' && share > rootShare) return 'on nearly every stack: equal to the total';
  return undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
