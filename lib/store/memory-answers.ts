import { LockscopeError } from '@/lib/errors';
import type { Frame } from '@/lib/profile/profile';
import type { SiteDef, SiteId, StackDef, StackId } from '@/lib/profile/site';
import { labelValue, type Selection } from '@/lib/selection/selection';
import { sortGroups } from './groups';
import { oneMeaning, type SeriesMeaning } from './meaning';
import { mergedProfile, wholeShare } from './merged-profile';
import type { Cover, Group, SeriesResult, Window } from './port';
import { keepLargestStacks, rankSites } from './rank';
import { isHigherPeak, nativeRate, type Peak } from './rate';
import { bucketsOf } from './step';

export interface StoredSeries extends SeriesMeaning {
  readonly key: string;
  windows: { readonly digest: bigint; readonly window: Window }[];
}

export interface Knowledge {
  stack(id: StackId): StackDef;
  site(id: SiteId): SiteDef | undefined;
  startLineOf(frame: Frame): number;
}

export function coverOf(selected: readonly StoredSeries[]): Cover {
  const windows = selected.flatMap((series) => series.windows.map(({ window }) => window));
  return {
    windows: windows.length,
    wallMs: windows.reduce((sum, window) => sum + window.wallMs, 0),
    series: selected.length,
    notes: [],
  };
}

/** What one window adds to a sum: itself, or for an instant its share of the mean over `windows`. */
function shareOf(series: SeriesMeaning, windows: number): number {
  return series.kind === 'instant' ? 1 / windows : 1;
}

export function foldMerged(
  selected: readonly StoredSeries[],
  selection: Selection,
  options: { readonly maxStacks?: number; readonly sites?: readonly SiteId[] },
  known: Knowledge,
) {
  const meaning = oneMeaning(selected);
  const wanted = options.sites === undefined ? undefined : new Set(options.sites);
  const sums = new Map<StackId, { count: number; value: number }>();
  for (const series of selected) {
    const ofSeries = new Map<StackId, { count: number; value: number }>();
    for (const { window } of series.windows) {
      window.stacks.forEach((id, index) => {
        const { site } = known.stack(id);
        const lock = known.site(site)?.lock;
        if (wanted !== undefined && !wanted.has(site) && (lock === undefined || !wanted.has(lock))) return;
        addTo(ofSeries, id, window.counts[index] ?? 0, window.values[index] ?? 0);
      });
    }
    const whole = (sum: number) => wholeShare(series.kind, sum, series.windows.length);
    for (const [id, sum] of ofSeries) addTo(sums, id, whole(sum.count), whole(sum.value));
  }
  const rows = [...sums].map(([id, sum]) => ({ id, ref: known.stack(id), ...sum }));
  const { kept, other } = keepLargestStacks(rows, options.maxStacks);
  const cover = coverOf(selected);
  const stacks = kept.map(({ ref, count, value }) => ({
    frames: ref.frames.map((frame) => {
      const startLine = known.startLineOf(frame);
      return startLine === frame.startLine ? frame : { ...frame, startLine };
    }),
    count,
    value,
  }));
  return { profile: mergedProfile(stacks, meaning?.type, selection, cover), other, cover };
}

function addTo<Key>(sums: Map<Key, { count: number; value: number }>, key: Key, count: number, value: number): void {
  const sum = sums.get(key);
  if (sum === undefined) sums.set(key, { count, value });
  else {
    sum.count += count;
    sum.value += value;
  }
}

/** Sums of one window per row: its sites and, beside them, their locks. */
function rowsOf(window: Window, known: Knowledge): Map<SiteId, { count: number; value: number }> {
  const rows = new Map<SiteId, { count: number; value: number }>();
  window.stacks.forEach((id, index) => {
    const { site } = known.stack(id);
    const [count, value] = [window.counts[index] ?? 0, window.values[index] ?? 0];
    addTo(rows, site, count, value);
    const lock = known.site(site)?.lock ?? site;
    if (lock !== site) addTo(rows, lock, count, value);
  });
  return rows;
}

export function foldHotspots(
  selected: readonly StoredSeries[],
  options: { readonly level: 'site' | 'lock'; readonly by: 'value' | 'count' | 'maxRate'; readonly limit: number },
  known: Knowledge,
) {
  oneMeaning(selected);
  const sums = new Map<
    SiteId,
    { site: SiteDef; count: number; value: number; peak: Peak; series: Set<string>; pods: Set<string> }
  >();
  for (const series of selected) {
    const share = shareOf(series, series.windows.length);
    for (const { window } of series.windows) {
      for (const [id, row] of rowsOf(window, known)) {
        const site = known.site(id);
        if (site === undefined || site.level !== options.level) continue;
        const rate = nativeRate(series.kind, row.value, window.wallMs);
        const peak = { rate, at: window.start, wallMs: window.wallMs, labels: series.labels };
        const sum = sums.get(id) ?? { site, count: 0, value: 0, peak, series: new Set(), pods: new Set() };
        sum.count += row.count * share;
        sum.value += row.value * share;
        if (isHigherPeak(rate, window.start, series.labels, sum.peak)) sum.peak = peak;
        if (row.count > 0 || row.value > 0) {
          sum.series.add(series.key);
          sum.pods.add(labelValue(series.labels, 'pod'));
        }
        sums.set(id, sum);
      }
    }
  }
  const rows = [...sums.values()].map((sum) => ({ ...sum, series: sum.series.size, pods: sum.pods.size }));
  return { ...rankSites(rows, options.by, options.limit), cover: coverOf(selected) };
}

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
    const perBucket = new Map<number, Window[]>();
    for (const { window } of series.windows) {
      const bucket = Math.floor((window.start - grid.from) / grid.stepMs);
      perBucket.set(bucket, [...(perBucket.get(bucket) ?? []), window]);
    }
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
