import { LockscopeError } from '@/lib/errors';
import { profileTypeId } from '@/lib/profile/profile-type';
import type { SiteDef, SiteId, StackDef, StackId } from '@/lib/profile/site';
import { labelValue, type Selection } from '@/lib/selection/selection';
import { type UnixMs, unixMs } from '@/lib/units';
import { checkDefinitions, faultOfStacks } from './definitions';
import { compileSelection } from './matcher';
import { foldHotspots, foldMerged, type Knowledge, type StoredSeries } from './memory-answers';
import { foldSeries } from './memory-series';
import { compareText } from './order';
import { pageOf } from './page';
import type { Page, RetentionPolicy, SampleStore, SeriesInfo, Window, WriteBatch, WriteResult } from './port';
import { labelsKey } from './rate';
import { digestOf, faultOf } from './window';

/**
 * Samples in memory: plain loops over plain windows, one tier only. It answers for the command line and for uploads,
 * and it is what the conformance suite believes. Nothing is durable.
 */
export class MemorySampleStore implements SampleStore {
  readonly #series = new Map<string, StoredSeries>();
  readonly #stacks = new Map<StackId, StackDef>();
  readonly #sites = new Map<SiteId, SiteDef>();
  /** First non-zero first line of each function seen, by `function\0file`. */
  readonly #startLines = new Map<string, number>();
  #overlaps = 0;
  #collisions = 0;
  #closed = false;

  async write(batch: WriteBatch): Promise<WriteResult> {
    this.#assertOpen();
    const checked = checkDefinitions(batch, {
      chkOf: (id) => this.#stacks.get(id)?.chk,
      hasSite: (id) => this.#sites.has(id),
    });
    for (const site of checked.sites) this.#sites.set(site.id, site);
    for (const stack of checked.stacks) this.#stacks.set(stack.id, stack);
    this.#learnStartLines(batch.stacks);
    this.#collisions += checked.collisions;
    const rejected: { index: number; code: string; detail: string }[] = [];
    let [stored, duplicates] = [0, 0];
    batch.windows.forEach((window, index) => {
      const fault = faultOf(window) ?? faultOfStacks(window.stacks, (id) => this.#stacks.has(id), checked.faults);
      if (fault !== undefined) rejected.push({ index, ...fault });
      else if (this.#add(window)) stored += 1;
      else duplicates += 1;
    });
    return { stored, duplicates, rejected };
  }

  #learnStartLines(stacks: readonly StackDef[]): void {
    for (const { frames } of stacks) {
      for (const frame of frames) {
        const key = `${frame.function}\0${frame.file}\0${frame.line}`;
        if (frame.startLine !== 0 && !this.#startLines.has(key)) this.#startLines.set(key, frame.startLine);
      }
    }
  }

  /** False when the very same window is there already. */
  #add(window: Window): boolean {
    const key = `${window.kind}\0${profileTypeId(window.series.type)}\0${labelsKey(window.series.labels)}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { key, type: window.series.type, labels: window.series.labels, kind: window.kind, windows: [] };
      this.#series.set(key, series);
    }
    const digest = digestOf(window);
    const twins = series.windows.filter((one) => one.window.start === window.start);
    if (twins.some((one) => one.digest === digest)) return false;
    if (twins.length > 0) this.#overlaps += 1;
    series.windows.push({ digest, window });
    return true;
  }

  async merged(selection: Selection, options: { maxStacks?: number; sites?: readonly SiteId[] } = {}) {
    return foldMerged(this.#select(selection), selection, options, this.#knowledge());
  }

  async hotspots(
    selection: Selection,
    options: { level: 'site' | 'lock'; by: 'value' | 'count' | 'maxRate'; limit: number },
  ) {
    return foldHotspots(this.#select(selection), options, this.#knowledge());
  }

  async series(
    selection: Selection,
    options: { sites?: readonly SiteId[]; perSite?: boolean; groupBy: readonly string[]; stepMs: number },
  ) {
    return foldSeries(this.#select(selection), selection, options, this.#knowledge());
  }

  async listSeries(selection: Selection, page: Page) {
    this.#assertOpen();
    const rows = this.#select(selection).map(({ key }): SeriesInfo & { key: string } => {
      const { type, labels, windows } = this.#series.get(key) ?? { type: undefined, labels: [], windows: [] };
      if (type === undefined) throw new LockscopeError('internal.store', `series ${key} vanished`);
      const first = windows.reduce((least, { window }) => Math.min(least, window.start), Number.POSITIVE_INFINITY);
      const last = windows.reduce((most, { window }) => Math.max(most, window.start + window.wallMs), 0);
      return { key, type, labels, first: unixMs(first), last: unixMs(last) };
    });
    const paged = pageOf(rows, (row) => row.key, page);
    return { ...paged, rows: paged.rows.map(({ key: _, ...row }) => row) };
  }

  async labelNames(selection: Selection): Promise<string[]> {
    const names = new Set(this.#select(selection).flatMap(({ labels }) => labels.map(([name]) => name)));
    return [...names].sort(compareText);
  }

  async labelValues(selection: Selection, name: string, page: Page & { prefix?: string }) {
    const values = new Set(this.#select(selection).map(({ labels }) => labelValue(labels, name)));
    const rows = [...values].filter((value) => value !== '' && value.startsWith(page.prefix ?? ''));
    return pageOf(rows, (value) => value, page);
  }

  async remove(selection: Selection): Promise<{ windows: number }> {
    let windows = 0;
    for (const { key, windows: doomed } of this.#select(selection)) {
      const series = this.#series.get(key);
      if (series === undefined) continue;
      const gone = new Set(doomed);
      windows += gone.size;
      series.windows = series.windows.filter((one) => !gone.has(one));
      if (series.windows.length === 0) this.#series.delete(key);
    }
    return { windows };
  }

  /** Keeps windows for `rawMs`: there is no other tier here. */
  async retain(now: UnixMs, policy: RetentionPolicy) {
    const everything: Selection = { type: {}, matchers: [], from: unixMs(0), to: unixMs(now - policy.rawMs) };
    return { windows: (await this.remove(everything)).windows, rollups: 0, bytesFreed: 0 };
  }

  async rollUp(): Promise<{ buckets: number }> {
    this.#assertOpen();
    return { buckets: 0 };
  }

  async *export(selection: Selection): AsyncIterable<Window> {
    for (const { windows } of this.#select(selection)) for (const { window } of windows) yield window;
  }

  async stats() {
    this.#assertOpen();
    const all = [...this.#series.values()].flatMap((series) => series.windows.map(({ window }) => window));
    const sites = [...this.#sites.values()];
    return {
      windows: all.length,
      series: this.#series.size,
      stacks: this.#stacks.size,
      sites: sites.length,
      bytes: 0,
      overlaps: this.#overlaps,
      collisions: this.#collisions,
      newest:
        all.length === 0 ? undefined : unixMs(all.reduce((most, one) => Math.max(most, one.start + one.wallMs), 0)),
      full: false,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  /** Series with at least one window in the range, and those windows by start; series by key. */
  #select(selection: Selection): StoredSeries[] {
    this.#assertOpen();
    const matches = compileSelection(selection);
    return [...this.#series.values()]
      .filter(matches)
      .map((series) => ({
        ...series,
        windows: series.windows
          .filter(({ window }) => window.start >= selection.from && window.start < selection.to)
          .sort((a, b) => a.window.start - b.window.start),
      }))
      .filter(({ windows }) => windows.length > 0)
      .sort((a, b) => compareText(a.key, b.key));
  }

  #knowledge(): Knowledge {
    return {
      stack: (id) => {
        const stack = this.#stacks.get(id);
        if (stack === undefined) throw new LockscopeError('internal.store', `stack ${id} is in a window but undefined`);
        return stack;
      },
      site: (id) => this.#sites.get(id),
      startLineOf: (frame) => this.#startLines.get(`${frame.function}\0${frame.file}\0${frame.line}`) ?? 0,
    };
  }

  #assertOpen(): void {
    if (this.#closed) throw new LockscopeError('store.closed', 'the sample store is closed');
  }
}
