import type { SiteDef } from '@/lib/profile/site';
import { compareIds } from './order';
import type { SiteTotals, Totals } from './port';
import { type Peak, toMaxRate } from './rate';

/** One row of a hot list on its way. */
export interface SiteSum {
  readonly site: SiteDef;
  readonly count: number;
  readonly value: number;
  readonly peak: Peak;
  readonly series: number;
  readonly pods: number;
}

/** The first `limit` rows, falling by `by`, ties by id, and the sum of the rest: listed + other = total. */
export function rankSites(
  sums: readonly SiteSum[],
  by: 'value' | 'count' | 'maxRate',
  limit: number,
): { sites: SiteTotals[]; other: Totals } {
  const keyOf = (sum: SiteSum) => (by === 'maxRate' ? sum.peak.rate : sum[by]);
  const sorted = [...sums].sort((a, b) => keyOf(b) - keyOf(a) || compareIds(a.site.id, b.site.id));
  const other = { count: 0, value: 0, members: 0 };
  for (const sum of sorted.slice(limit)) {
    other.count += sum.count;
    other.value += sum.value;
    other.members += 1;
  }
  return {
    sites: sorted.slice(0, limit).map(({ site, count, value, peak, series, pods }) => ({
      site,
      count,
      value,
      max: toMaxRate(peak),
      series,
      pods,
    })),
    other,
  };
}

/** A stack and its sums, in any order; `frames` is read only for those that stay. */
export interface StackSum<Ref> {
  readonly id: bigint;
  readonly ref: Ref;
  readonly count: number;
  readonly value: number;
}

/** The `limit` largest by value (ties by id) and the sum of the rest. */
export function keepLargestStacks<Ref>(
  sums: readonly StackSum<Ref>[],
  limit: number | undefined,
): { kept: readonly StackSum<Ref>[]; other: Totals } {
  const other = { count: 0, value: 0, members: 0 };
  if (limit === undefined || sums.length <= limit) return { kept: sums, other };
  const sorted = [...sums].sort((a, b) => b.value - a.value || compareIds(a.id, b.id));
  for (const sum of sorted.slice(limit)) {
    other.count += sum.count;
    other.value += sum.value;
    other.members += 1;
  }
  return { kept: sorted.slice(0, limit), other };
}
