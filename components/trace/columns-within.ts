import { visibleColumns } from './draw-columns';
import type { TimeWindow } from './time-window';

/** Mean and largest value of the columns that a window shows; columns cut by its edges count whole. */
export function columnsWithin(
  { fromNs, toNs }: TimeWindow,
  series: { readonly mean: readonly number[]; readonly max: readonly number[] },
  window: TimeWindow,
): { readonly mean: number; readonly max: number } {
  const { first, last } = visibleColumns({ window }, { fromNs, toNs, values: series.mean });
  if (last < first) return { mean: 0, max: 0 };
  let sum = 0;
  let max = 0;
  for (let column = first; column <= last; column++) {
    sum += series.mean[column] ?? 0;
    max = Math.max(max, series.max[column] ?? 0);
  }
  return { mean: sum / (last - first + 1), max };
}
