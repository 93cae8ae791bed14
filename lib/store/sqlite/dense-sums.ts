/** Sums by small integer, made once and emptied after use: `touched` lists the ids that hold something. */
export class DenseSums {
  counts = new Float64Array(1_024);
  values = new Float64Array(1_024);
  #seen = new Uint8Array(1_024);
  touched: number[] = [];

  /** Makes room for ids below `limit`. Only while empty. */
  reserve(limit: number): void {
    if (limit <= this.counts.length) return;
    const length = Math.max(limit, 2 * this.counts.length);
    this.counts = new Float64Array(length);
    this.values = new Float64Array(length);
    this.#seen = new Uint8Array(length);
  }

  add(id: number, count: number, value: number): void {
    if (this.#seen[id] === 0) {
      this.#seen[id] = 1;
      this.touched.push(id);
    }
    this.counts[id] = (this.counts[id] ?? 0) + count;
    this.values[id] = (this.values[id] ?? 0) + value;
  }

  clear(): void {
    for (const id of this.touched) this.counts[id] = this.values[id] = this.#seen[id] = 0;
    this.touched = [];
  }
}
