import Database from 'better-sqlite3';
import type { SiteId } from '@/lib/profile/site';
import type { Selection } from '@/lib/selection/selection';
import type { Page } from '../port';
import { answerHotspots } from './answer-hotspots';
import { Listing } from './answer-listing';
import { answerMerged } from './answer-merged';
import { answerSeries, type SeriesOptions } from './answer-series';
import { Exporter, type ExportPage, type ExportPlace } from './export';
import { ReadContext } from './read-context';
import { HourRoller } from './roll-hour';
import { toStoreError } from './sqlite-error';

/** Everything that reads samples, over one read-only connection: in this thread, or in a read worker. */
export class SampleReader {
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #context: ReadContext;
  readonly #listing: Listing;
  readonly #roller: HourRoller;
  readonly #exporter: Exporter;

  constructor(file: string, cacheBytes: number) {
    this.#file = file;
    this.#db = new Database(file, { readonly: true, timeout: 5_000 });
    this.#db.pragma('cache_size = -16384');
    this.#db.pragma('mmap_size = 268435456');
    this.#db.pragma('temp_store = MEMORY');
    this.#context = new ReadContext(this.#db, cacheBytes);
    this.#listing = new Listing(this.#db, this.#context);
    this.#roller = new HourRoller(this.#db, this.#context);
    this.#exporter = new Exporter(this.#db, this.#context);
  }

  merged(selection: Selection, options: { readonly maxStacks?: number; readonly sites?: readonly SiteId[] } = {}) {
    return this.#guard(() => answerMerged(this.#context, selection, options));
  }

  hotspots(
    selection: Selection,
    options: { readonly level: 'site' | 'lock'; readonly by: 'value' | 'count' | 'maxRate'; readonly limit: number },
  ) {
    return this.#guard(() => answerHotspots(this.#context, selection, options));
  }

  series(selection: Selection, options: SeriesOptions) {
    return this.#guard(() => answerSeries(this.#context, selection, options));
  }

  listSeries(selection: Selection, page: Page) {
    return this.#guard(() => this.#listing.listSeries(selection, page));
  }

  labelNames(selection: Selection) {
    return this.#guard(() => this.#listing.labelNames(selection));
  }

  labelValues(selection: Selection, name: string, page: Page & { readonly prefix?: string }) {
    return this.#guard(() => this.#listing.labelValues(selection, name, page));
  }

  roll(hours: readonly { readonly series: number; readonly hour: number }[]) {
    return this.#guard(() => this.#roller.roll(hours));
  }

  seriesIds(selection: Selection): number[] {
    return this.#guard(() =>
      this.#context.read(selection, () => this.#context.matching(selection).map(({ id }) => id)),
    );
  }

  counts() {
    return this.#guard(() => this.#listing.counts());
  }

  exportPage(selection: Selection, place: ExportPlace): ExportPage {
    return this.#guard(() => this.#exporter.page(selection, place));
  }

  #guard<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw toStoreError(error, this.#file);
    }
  }

  close(): void {
    this.#db.close();
  }
}
