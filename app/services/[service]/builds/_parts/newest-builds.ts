import type { BuildsResult } from '@/lib/query/builds';

/** Builds side by side before "Show all". */
export const buildsShown = 24;

/** The newest builds of a result, and all since the one before the first bad build; `hidden` counts the older ones. */
export function newestBuilds(result: BuildsResult): { readonly result: BuildsResult; readonly hidden: number } {
  const change = result.worst?.firstBad?.previous;
  const bad = result.builds.findIndex(({ build }) => build === change);
  const last = Math.max(0, result.builds.length - buildsShown);
  const hidden = bad < 0 ? last : Math.min(bad, last);
  const rows = result.rows.map((row) => ({ ...row, cells: row.cells.slice(hidden) }));
  return { result: { ...result, builds: result.builds.slice(hidden), rows }, hidden };
}
