import type { ProfileSide, RowMax, SiteRow } from '@/lib/contention/input';
import { siteOfStack } from '@/lib/contention/site';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import type { ProcessWindow } from './process-windows';

interface Sum {
  readonly site: SiteDef;
  count: number;
  value: number;
  max: RowMax | undefined;
}

/**
 * Sites and locks of one process over its windows, each with its busiest window. `totalSeconds` is used when the
 * windows do not all tell their length.
 */
export function sideOfProcess(
  windows: readonly ProcessWindow[],
  role: 'wait' | 'hold',
  options: { readonly wrappers: readonly string[]; readonly totalSeconds: number | undefined },
): ProfileSide {
  const sites = new Map<SiteId, Sum>();
  const locks = new Map<SiteId, Sum>();
  for (const window of windows) {
    const inWindow = { sites: new Map<SiteId, Sum>(), locks: new Map<SiteId, Sum>() };
    for (const row of window.rows) {
      const { site, lock } = siteOfStack(row.frames, role, options);
      addRow(inWindow.sites, site, row);
      addRow(inWindow.locks, lock, row);
    }
    addWindow(sites, inWindow.sites, window);
    addWindow(locks, inWindow.locks, window);
  }
  return {
    sites: [...sites.values()].map(toRow),
    locks: [...locks.values()].map(toRow),
    wallMs: totalWallMs(windows) ?? (options.totalSeconds === undefined ? undefined : options.totalSeconds * 1e3),
    series: 1,
    other: undefined,
  };
}

/** Length of all windows together; undefined when one does not tell its own. */
export function totalWallMs(windows: readonly ProcessWindow[]): number | undefined {
  let sum = 0;
  for (const { wallMs } of windows) {
    if (wallMs === undefined) return undefined;
    sum += wallMs;
  }
  return sum;
}

function addRow(sums: Map<SiteId, Sum>, site: SiteDef, row: { readonly count: number; readonly value: number }): void {
  const sum = sums.get(site.id) ?? { site, count: 0, value: 0, max: undefined };
  sum.count += row.count;
  sum.value += row.value;
  sums.set(site.id, sum);
}

function addWindow(sums: Map<SiteId, Sum>, part: ReadonlyMap<SiteId, Sum>, window: ProcessWindow): void {
  for (const [id, { site, count, value }] of part) {
    addRow(sums, site, { count, value });
    const sum = sums.get(id);
    if (sum === undefined || window.wallMs === undefined) continue;
    const rate = Math.ceil((value / window.wallMs) * 1e3);
    if (sum.max === undefined || rate > sum.max.rate) sum.max = { rate, at: window.start, wallMs: window.wallMs };
  }
}

function toRow(sum: Sum): SiteRow {
  return { ...sum, series: 1 };
}
