import { LockscopeError } from '@/lib/errors';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import { labelValue, type Selection } from '@/lib/selection/selection';
import { sortGroups } from '../groups';
import { oneMeaning } from '../meaning';
import type { Group, SeriesResult } from '../port';
import { type Buckets, bucketsOf } from '../step';
import { localSites } from './answer-merged';
import type { LocalSeries } from './dictionary';
import { emptyCover, type ReadContext, type SiteSpan, toCover } from './read-context';
import { totalRow } from './site-chunk';

export interface SeriesOptions {
  readonly sites?: readonly SiteId[];
  readonly perSite?: boolean;
  readonly groupBy: readonly string[];
  readonly stepMs: number;
}

/** More numbers than this would not fit in memory beside everything else. */
const mostNumbers = 20_000_000;

/** `SampleStore.series` over the file. */
export function answerSeries(context: ReadContext, selection: Selection, options: SeriesOptions): SeriesResult {
  return context.read(selection, ({ from, to }) => {
    const cover = emptyCover();
    const present: { series: LocalSeries; spans: SiteSpan[] }[] = [];
    let longest = 0;
    for (const series of context.matching(selection)) {
      const before = cover.windows;
      const spans = context.siteSpans(series, from, to, options.stepMs, cover);
      if (cover.windows === before) continue;
      cover.series += 1;
      present.push({ series, spans });
      for (const span of spans) longest = Math.max(longest, longestOf(span));
    }
    oneMeaning(present.map(({ series }) => series));
    const grid = bucketsOf(selection, options.stepMs, longest, cover.forcedMs);
    const groups = new GroupTable(context, grid, options);
    for (const { series, spans } of present) groups.addSeries(series, spans);
    return { ...grid, groups: groups.finish(), cover: toCover(cover) };
  });
}

function longestOf({ chunk, from, to }: SiteSpan): number {
  let longest = 0;
  for (let entry = 0; entry < chunk.entries; entry++) {
    const start = chunk.start[entry] ?? 0;
    if (start >= from && start < to) longest = Math.max(longest, chunk.longest[entry] ?? 0);
  }
  return longest;
}

/** Groups by label values, each with a wall-time column of its own that its per-site groups share. */
class GroupTable {
  readonly #context: ReadContext;
  readonly #grid: Buckets;
  readonly #options: SeriesOptions;
  readonly #wanted: Set<number> | undefined;
  readonly #groups = new Map<string, { by: Record<string, string>; wallMs: Float64Array; rows: Map<number, Group> }>();
  readonly #windows: Float64Array;
  #numbers = 0;

  constructor(context: ReadContext, grid: Buckets, options: SeriesOptions) {
    this.#context = context;
    this.#grid = grid;
    this.#options = options;
    this.#wanted = options.sites === undefined ? undefined : localSites(context, options.sites);
    this.#windows = new Float64Array(grid.buckets);
  }

  addSeries(series: LocalSeries, spans: readonly SiteSpan[]): void {
    const { groupBy, perSite } = this.#options;
    const by = Object.fromEntries(groupBy.map((name) => [name, labelValue(series.labels, name)]));
    const key = JSON.stringify(groupBy.map((name) => by[name]));
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { by, wallMs: this.#column(), rows: new Map() };
      this.#groups.set(key, group);
    }
    if (!perSite) this.#row(group, totalRow);
    else for (const site of this.#wanted ?? []) this.#row(group, site);
    this.#windows.fill(0);
    for (const span of spans)
      this.#eachEntry(span, (entry, bucket) => {
        const { wallMs } = group;
        wallMs[bucket] = (wallMs[bucket] ?? 0) + (span.chunk.wall[entry] ?? 0);
        this.#windows[bucket] = (this.#windows[bucket] ?? 0) + (span.chunk.windows[entry] ?? 0);
      });
    const isInstant = series.kind === 'instant';
    for (const span of spans)
      this.#eachEntry(span, (entry, bucket) => {
        const { chunk } = span;
        const share = isInstant ? 1 / (this.#windows[bucket] ?? 1) : 1;
        const end = chunk.offsets[entry + 1] ?? 0;
        for (let row = chunk.offsets[entry] ?? 0; row < end; row++) {
          const target = this.#targetOf(chunk.site[row] ?? 0);
          if (target === undefined) continue;
          const { values, counts, maxRate } = this.#row(group, target);
          values[bucket] = (values[bucket] ?? 0) + (chunk.value[row] ?? 0) * share;
          counts[bucket] = (counts[bucket] ?? 0) + (chunk.count[row] ?? 0) * share;
          maxRate[bucket] = Math.max(maxRate[bucket] ?? 0, chunk.rate[row] ?? 0);
        }
      });
  }

  #eachEntry({ chunk, from, to }: SiteSpan, visit: (entry: number, bucket: number) => void): void {
    for (let entry = 0; entry < chunk.entries; entry++) {
      const start = chunk.start[entry] ?? 0;
      if (start >= from && start < to) visit(entry, Math.floor((start - this.#grid.from) / this.#grid.stepMs));
    }
  }

  /** The group row that a stored row adds to, or undefined for none. */
  #targetOf(site: number): number | undefined {
    if (!this.#options.perSite) {
      if (this.#wanted === undefined) return site === totalRow ? totalRow : undefined;
      return this.#wanted.has(site) ? totalRow : undefined;
    }
    if (this.#wanted !== undefined) return this.#wanted.has(site) ? site : undefined;
    return site !== totalRow && this.#context.dictionary.siteIsLock[site] === 0 ? site : undefined;
  }

  #row(group: { by: Record<string, string>; wallMs: Float64Array; rows: Map<number, Group> }, site: number): Group {
    let row = group.rows.get(site);
    if (row === undefined) {
      const definition: SiteDef | undefined = site === totalRow ? undefined : this.#context.dictionary.site(site);
      const [values, counts, maxRate] = [this.#column(), this.#column(), this.#column()];
      row = { by: group.by, site: definition, values, counts, wallMs: group.wallMs, maxRate };
      group.rows.set(site, row);
    }
    return row;
  }

  #column(): Float64Array {
    this.#numbers += this.#grid.buckets;
    if (this.#numbers > mostNumbers) {
      throw new LockscopeError('store.step', `more than ${mostNumbers} numbers; take a larger step or fewer groups`, {
        place: 'query step',
      });
    }
    return new Float64Array(this.#grid.buckets);
  }

  finish(): Group[] {
    const all = [...this.#groups.values()].flatMap(({ rows }) => [...rows.values()]);
    return sortGroups(all, this.#options.groupBy);
  }
}
