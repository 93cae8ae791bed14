import { labelValue, type Selection } from '@/lib/selection/selection';
import { oneMeaning, type SeriesMeaning } from '../meaning';
import { rankSites } from '../rank';
import { isHigherPeak, type Peak } from '../rate';
import { DenseSums } from './dense-sums';
import { emptyCover, type ReadContext, type SiteSpan, toCover } from './read-context';
import { totalRow } from './site-chunk';

interface RowSum {
  count: number;
  value: number;
  peak: Peak;
  series: number;
  pods: Set<string>;
}

// Reused by every query of this thread; empty between queries.
const ofSeries = new DenseSums();

/** `SampleStore.hotspots` over the file. */
export function answerHotspots(
  context: ReadContext,
  selection: Selection,
  options: { readonly level: 'site' | 'lock'; readonly by: 'value' | 'count' | 'maxRate'; readonly limit: number },
) {
  return context.read(selection, ({ from, to }) => {
    const { dictionary } = context;
    const cover = emptyCover();
    const present: SeriesMeaning[] = [];
    const rows = new Map<number, RowSum>();
    const level = options.level === 'lock' ? 1 : 0;
    const isWanted = (site: number) => site !== totalRow && dictionary.siteIsLock[site] === level;
    ofSeries.clear();
    ofSeries.reserve(dictionary.siteLimit);
    for (const series of context.matching(selection)) {
      const before = cover.windows;
      const spans = context.siteSpans(series, from, to, undefined, cover);
      const windows = cover.windows - before;
      if (windows === 0) continue;
      cover.series += 1;
      present.push(series);
      const peaks = new Map<number, Peak>();
      for (const span of spans) addSpan(span, isWanted, peaks, series);
      const share = series.kind === 'instant' ? 1 / windows : 1;
      for (const site of ofSeries.touched) {
        const peak = peaks.get(site);
        if (peak === undefined) continue;
        const [count, value] = [ofSeries.counts[site] ?? 0, ofSeries.values[site] ?? 0];
        const row = rows.get(site) ?? { count: 0, value: 0, peak, series: 0, pods: new Set<string>() };
        row.count += count * share;
        row.value += value * share;
        if (count > 0 || value > 0) {
          row.series += 1;
          row.pods.add(labelValue(series.labels, 'pod'));
        }
        if (isHigherPeak(peak.rate, peak.at, peak.labels, row.peak)) row.peak = peak;
        rows.set(site, row);
      }
      ofSeries.clear();
    }
    oneMeaning(present);
    const sums = [...rows].map(([site, row]) => ({ site: dictionary.site(site), ...row, pods: row.pods.size }));
    return { ...rankSites(sums, options.by, options.limit), cover: toCover(cover, selection, context, 'site1hFloor') };
  });
}

/** Adds a span's rows to the sums of the current series and raises its peaks. */
function addSpan(
  { chunk, from, to }: SiteSpan,
  isWanted: (site: number) => boolean,
  peaks: Map<number, Peak>,
  series: SeriesMeaning,
): void {
  for (let entry = 0; entry < chunk.entries; entry++) {
    const start = chunk.start[entry] ?? 0;
    if (start < from || start >= to) continue;
    const end = chunk.offsets[entry + 1] ?? 0;
    for (let row = chunk.offsets[entry] ?? 0; row < end; row++) {
      const site = chunk.site[row] ?? 0;
      if (!isWanted(site)) continue;
      ofSeries.add(site, chunk.count[row] ?? 0, chunk.value[row] ?? 0);
      const rate = chunk.rate[row] ?? 0;
      const at = chunk.at?.[row] ?? start;
      const peak = peaks.get(site);
      if (peak === undefined) {
        peaks.set(site, { rate, at, wallMs: peakWall(chunk, entry, row), labels: series.labels });
      } else if (rate > peak.rate || (rate === peak.rate && at < peak.at)) {
        peak.rate = rate;
        peak.at = at;
        peak.wallMs = peakWall(chunk, entry, row);
      }
    }
  }
}

function peakWall(chunk: SiteSpan['chunk'], entry: number, row: number): number {
  return chunk.peakWall?.[row] ?? chunk.wall[entry] ?? 0;
}
