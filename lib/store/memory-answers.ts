import type { Frame } from '@/lib/profile/profile';
import type { SiteDef, SiteId, StackDef, StackId } from '@/lib/profile/site';
import { labelValue, type Selection } from '@/lib/selection/selection';
import { oneMeaning, type SeriesMeaning } from './meaning';
import { mergedProfile, wholeShare } from './merged-profile';
import type { Cover, Window } from './port';
import { keepLargestStacks, rankSites } from './rank';
import { isHigherPeak, nativeRate, type Peak } from './rate';

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
export function shareOf(series: SeriesMeaning, windows: number): number {
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
export function rowsOf(window: Window, known: Knowledge): Map<SiteId, { count: number; value: number }> {
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
