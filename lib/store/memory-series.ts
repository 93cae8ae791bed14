import { LockscopeError } from '@/lib/errors';
import { groupBy } from '@/lib/group-by';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import { labelValue, type Selection } from '@/lib/selection/selection';
import { sortGroups } from './groups';
import { oneMeaning } from './meaning';
import { coverOf, type Knowledge, rowsOf, type StoredSeries, shareOf } from './memory-answers';
import type { Group, SeriesResult, Window } from './port';
import { nativeRate } from './rate';
import { bucketsOf } from './step';

/** `SampleStore.series` over plain windows. */
export function foldSeries(
  selected: readonly StoredSeries[],
  selection: Selection,
  options: {
    readonly sites?: readonly SiteId[];
    readonly perSite?: boolean;
    readonly groupBy: readonly string[];
    readonly stepMs: number;
  },
  known: Knowledge,
): SeriesResult {
  oneMeaning(selected);
  const all = selected.flatMap(({ windows }) => windows.map(({ window }) => window));
  const longest = all.reduce((most, window) => Math.max(most, window.wallMs), 0);
  const grid = bucketsOf(selection, options.stepMs, longest, 1);
  const listed = options.sites?.flatMap((id) => known.site(id) ?? []);
  const rowIds = listed?.map(({ id }) => id);
  const groups = new Map<string, Group>();
  const groupFor = (series: StoredSeries, site: SiteDef | undefined): Group => {
    const by = Object.fromEntries(options.groupBy.map((name) => [name, labelValue(series.labels, name)]));
    const key = JSON.stringify([options.groupBy.map((name) => by[name]), site?.id.toString()]);
    const column = () => new Float64Array(grid.buckets);
    const group = groups.get(key) ?? {
      by,
      site,
      values: column(),
      counts: column(),
      wallMs: column(),
      maxRate: column(),
    };
    groups.set(key, group);
    return group;
  };
  for (const series of selected) {
    const perBucket = groupBy(
      series.windows.map(({ window }) => window),
      ({ start }) => Math.floor((start - grid.from) / grid.stepMs),
    );
    const sites = options.perSite ? (listed ?? sitesIn(series, known)) : [undefined];
    for (const site of sites) {
      const group = groupFor(series, site);
      const ids = site === undefined ? rowIds : [site.id];
      for (const [bucket, windows] of perBucket) addBucket(group, bucket, windows, series, ids, known);
    }
  }
  if (options.perSite) fillWall(groups, selected, grid, options.groupBy);
  return { ...grid, groups: sortGroups([...groups.values()], options.groupBy), cover: coverOf(selected) };
}

function addBucket(
  group: Group,
  bucket: number,
  windows: readonly Window[],
  series: StoredSeries,
  ids: readonly SiteId[] | undefined,
  known: Knowledge,
): void {
  const share = shareOf(series, windows.length);
  for (const window of windows) {
    const rows = rowsOf(window, known);
    const parts = ids === undefined ? [totalOf(window)] : ids.flatMap((id) => rows.get(id) ?? []);
    group.wallMs[bucket] = (group.wallMs[bucket] ?? 0) + window.wallMs;
    for (const { count, value } of parts) {
      group.counts[bucket] = (group.counts[bucket] ?? 0) + count * share;
      group.values[bucket] = (group.values[bucket] ?? 0) + value * share;
      const rate = nativeRate(series.kind, value, window.wallMs);
      group.maxRate[bucket] = Math.max(group.maxRate[bucket] ?? 0, rate);
    }
  }
}

function totalOf(window: Window): { count: number; value: number } {
  return { count: window.counts.reduce((a, b) => a + b, 0), value: window.values.reduce((a, b) => a + b, 0) };
}

function sitesIn(series: StoredSeries, known: Knowledge): SiteDef[] {
  const ids = new Set(series.windows.flatMap(({ window }) => [...window.stacks].map((id) => known.stack(id).site)));
  return [...ids].map((id) => {
    const site = known.site(id);
    if (site === undefined) throw new LockscopeError('internal.store', `site ${id} is of a stack but undefined`);
    return site;
  });
}

/** A pod that never met a site still had windows: its group's wall time counts them (absent site = 0, not unknown). */
function fillWall(
  groups: ReadonlyMap<string, Group>,
  selected: readonly StoredSeries[],
  grid: { readonly from: number; readonly stepMs: number; readonly buckets: number },
  groupBy: readonly string[],
): void {
  const wall = new Map<string, Float64Array>();
  for (const series of selected) {
    const key = JSON.stringify(groupBy.map((name) => labelValue(series.labels, name)));
    const column = wall.get(key) ?? new Float64Array(grid.buckets);
    wall.set(key, column);
    for (const { window } of series.windows) {
      const bucket = Math.floor((window.start - grid.from) / grid.stepMs);
      column[bucket] = (column[bucket] ?? 0) + window.wallMs;
    }
  }
  for (const group of groups.values()) {
    group.wallMs.set(wall.get(JSON.stringify(groupBy.map((name) => group.by[name]))) ?? []);
  }
}
