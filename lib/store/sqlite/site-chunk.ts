/**
 * Site and lock sums of one series over consecutive spans: native windows, minutes or one hour.
 * Columns of entries: span start, wall, windows in it, longest of them, and where its rows begin (`offsets`).
 * Columns of rows: local site id (0 = the whole window), sums, and the largest native rate with its window.
 * `at` and `peakWall` are undefined when every entry is a native window: then they are the entry's own.
 */
export interface SiteChunk {
  readonly entries: number;
  readonly start: Float64Array;
  readonly wall: Float64Array;
  readonly windows: Uint32Array;
  readonly longest: Float64Array;
  readonly offsets: Uint32Array;
  readonly site: Uint32Array;
  readonly count: Float64Array;
  readonly value: Float64Array;
  readonly rate: Float64Array;
  readonly at: Float64Array | undefined;
  readonly peakWall: Float64Array | undefined;
}

/** Local id of the row that sums a whole window. */
export const totalRow = 0;

export function chunkBytes(chunk: SiteChunk): number {
  return 400 + chunk.entries * 32 + chunk.site.length * (chunk.at === undefined ? 28 : 44);
}

/** Collects entries and their rows, in order. Its columns are kept for the next chunk, so it is made once. */
export class SiteChunkBuilder {
  #entries = 0;
  #rows = 0;
  #native = true;
  #start = new Float64Array(64);
  #wall = new Float64Array(64);
  #windows = new Uint32Array(64);
  #longest = new Float64Array(64);
  #offsets = new Uint32Array(64);
  #site = new Uint32Array(1_024);
  #count = new Float64Array(1_024);
  #value = new Float64Array(1_024);
  #rate = new Float64Array(1_024);
  #at = new Float64Array(1_024);
  #peakWall = new Float64Array(1_024);

  /** `native`: every entry is one native window, so rows need no place of their maximum. */
  begin(native: boolean): void {
    this.#entries = this.#rows = 0;
    this.#native = native;
  }

  entry(start: number, wall: number, windows: number, longest: number): void {
    const at = this.#entries++;
    if (at === this.#start.length) this.#growEntries();
    this.#start[at] = start;
    this.#wall[at] = wall;
    this.#windows[at] = windows;
    this.#longest[at] = longest;
    this.#offsets[at] = this.#rows;
  }

  row(site: number, count: number, value: number, rate: number, at: number, peakWall: number): void {
    const row = this.#rows++;
    if (row === this.#site.length) this.#growRows();
    this.#site[row] = site;
    this.#count[row] = count;
    this.#value[row] = value;
    this.#rate[row] = rate;
    this.#at[row] = at;
    this.#peakWall[row] = peakWall;
  }

  finish(): SiteChunk {
    const [entries, rows] = [this.#entries, this.#rows];
    const offsets = new Uint32Array(entries + 1);
    offsets.set(this.#offsets.subarray(0, entries));
    offsets[entries] = rows;
    return {
      entries,
      start: this.#start.slice(0, entries),
      wall: this.#wall.slice(0, entries),
      windows: this.#windows.slice(0, entries),
      longest: this.#longest.slice(0, entries),
      offsets,
      site: this.#site.slice(0, rows),
      count: this.#count.slice(0, rows),
      value: this.#value.slice(0, rows),
      rate: this.#rate.slice(0, rows),
      at: this.#native ? undefined : this.#at.slice(0, rows),
      peakWall: this.#native ? undefined : this.#peakWall.slice(0, rows),
    };
  }

  #growEntries(): void {
    const length = 2 * this.#start.length;
    this.#start = resized(this.#start, new Float64Array(length));
    this.#wall = resized(this.#wall, new Float64Array(length));
    this.#windows = resized(this.#windows, new Uint32Array(length));
    this.#longest = resized(this.#longest, new Float64Array(length));
    this.#offsets = resized(this.#offsets, new Uint32Array(length));
  }

  #growRows(): void {
    const length = 2 * this.#site.length;
    this.#site = resized(this.#site, new Uint32Array(length));
    this.#count = resized(this.#count, new Float64Array(length));
    this.#value = resized(this.#value, new Float64Array(length));
    this.#rate = resized(this.#rate, new Float64Array(length));
    this.#at = resized(this.#at, new Float64Array(length));
    this.#peakWall = resized(this.#peakWall, new Float64Array(length));
  }
}

function resized<Column extends Float64Array | Uint32Array>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}
