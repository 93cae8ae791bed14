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
    return { ...grid, groups: groups.finish(), cover: toCover(cover, selection, context, 'site1hFloor') };
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

interface GroupRows {
  readonly by: Record<string, string>;
  /** Shared by the group's rows: a series' windows count whether or not they hold a site. */
  readonly wallMs: Float64Array;
  /** By slot. */
  readonly rows: Map<number, Group>;
}

/** Adds up series into groups. A slot is what a stored row adds to: one for all, or one for each site. */
class GroupTable {
  readonly #context: ReadContext;
  readonly #grid: Buckets;
  readonly #options: SeriesOptions;
  readonly #groups = new Map<string, GroupRows>();
  /** By local site id: its slot, or -1. */
  readonly #slotOf: Int32Array;
  /** Slots that a group shows even when nothing adds to them. */
  readonly #fixedSlots: readonly number[];
  readonly #windows: Float64Array;
  #numbers = 0;

  constructor(context: ReadContext, grid: Buckets, options: SeriesOptions) {
    const { siteLimit, siteIsLock } = context.dictionary;
    this.#context = context;
    this.#grid = grid;
    this.#options = options;
    this.#windows = new Float64Array(grid.buckets);
    this.#slotOf = new Int32Array(siteLimit).fill(-1);
    const wanted = options.sites === undefined ? undefined : [...localSites(context, options.sites)];
    if (options.perSite) {
      for (let site = 1; site < siteLimit; site++) if (siteIsLock[site] === 0) this.#slotOf[site] = site;
      if (wanted !== undefined) this.#slotOf.fill(-1);
      for (const site of wanted ?? []) this.#slotOf[site] = site;
      this.#fixedSlots = wanted ?? [];
    } else {
      for (const site of wanted ?? [totalRow]) this.#slotOf[site] = totalRow;
      this.#fixedSlots = [totalRow];
    }
  }

  addSeries(series: LocalSeries, spans: readonly SiteSpan[]): void {
    const group = this.#groupOf(series);
    for (const slot of this.#fixedSlots) this.#row(group, slot);
    const { wallMs } = group;
    const windows = this.#windows;
    windows.fill(0);
    for (const { chunk, from, to } of spans) {
      for (let entry = 0; entry < chunk.entries; entry++) {
        const start = chunk.start[entry] ?? 0;
        if (start < from || start >= to) continue;
        const bucket = this.#bucketOf(start);
        wallMs[bucket] = (wallMs[bucket] ?? 0) + (chunk.wall[entry] ?? 0);
        windows[bucket] = (windows[bucket] ?? 0) + (chunk.windows[entry] ?? 0);
      }
    }
    for (const span of spans) this.#addRows(group, span, series.kind === 'instant');
  }

  #addRows(group: GroupRows, { chunk, from, to }: SiteSpan, isInstant: boolean): void {
    for (let entry = 0; entry < chunk.entries; entry++) {
      const start = chunk.start[entry] ?? 0;
      if (start < from || start >= to) continue;
      const bucket = this.#bucketOf(start);
      const share = isInstant ? 1 / (this.#windows[bucket] ?? 1) : 1;
      const end = chunk.offsets[entry + 1] ?? 0;
      for (let row = chunk.offsets[entry] ?? 0; row < end; row++) {
        const slot = this.#slotOf[chunk.site[row] ?? 0] ?? -1;
        if (slot === -1) continue;
        const { values, counts, maxRate } = this.#row(group, slot);
        values[bucket] = (values[bucket] ?? 0) + (chunk.value[row] ?? 0) * share;
        counts[bucket] = (counts[bucket] ?? 0) + (chunk.count[row] ?? 0) * share;
        maxRate[bucket] = Math.max(maxRate[bucket] ?? 0, chunk.rate[row] ?? 0);
      }
    }
  }

  #bucketOf(start: number): number {
    return Math.floor((start - this.#grid.from) / this.#grid.stepMs);
  }

  #groupOf(series: LocalSeries): GroupRows {
    const { groupBy } = this.#options;
    const by = Object.fromEntries(groupBy.map((name) => [name, labelValue(series.labels, name)]));
    const key = JSON.stringify(groupBy.map((name) => by[name]));
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = { by, wallMs: this.#column(), rows: new Map<number, Group>() };
    this.#groups.set(key, group);
    return group;
  }

  #row(group: GroupRows, slot: number): Group {
    const known = group.rows.get(slot);
    if (known !== undefined) return known;
    const site: SiteDef | undefined = slot === totalRow ? undefined : this.#context.dictionary.site(slot);
    const [values, counts, maxRate] = [this.#column(), this.#column(), this.#column()];
    const row = { by: group.by, site, values, counts, wallMs: group.wallMs, maxRate };
    group.rows.set(slot, row);
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
