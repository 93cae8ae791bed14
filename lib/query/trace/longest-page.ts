/** Keeps the `size` longest of any number of rows: a heap with the shortest kept row on top. O(log size) a row. */
export class LongestPage {
  readonly #size: number;
  readonly #rows: number[] = [];
  readonly #ns: number[] = [];
  total = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(row: number, ns: number): void {
    this.total += 1;
    if (this.#rows.length < this.#size) {
      this.#rows.push(row);
      this.#ns.push(ns);
      this.#up(this.#rows.length - 1);
    } else if (this.#size > 0 && this.#isShorter(this.#ns[0] ?? 0, this.#rows[0] ?? 0, ns, row)) {
      this.#rows[0] = row;
      this.#ns[0] = ns;
      this.#down();
    }
  }

  /** Longest first, then by number. */
  rows(): number[] {
    return this.#rows
      .map((row, index) => ({ row, ns: this.#ns[index] ?? 0 }))
      .sort((a, b) => b.ns - a.ns || a.row - b.row)
      .map(({ row }) => row);
  }

  /** Of two equally long rows the later one counts as shorter. */
  #isShorter(ns: number, row: number, thanNs: number, thanRow: number): boolean {
    return ns < thanNs || (ns === thanNs && row > thanRow);
  }

  #less(a: number, b: number): boolean {
    return this.#isShorter(this.#ns[a] ?? 0, this.#rows[a] ?? 0, this.#ns[b] ?? 0, this.#rows[b] ?? 0);
  }

  #up(index: number): void {
    for (let at = index; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#less(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(): void {
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#rows.length && this.#less(child, least)) least = child;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    const [row, ns] = [this.#rows[a] ?? 0, this.#ns[a] ?? 0];
    this.#rows[a] = this.#rows[b] ?? 0;
    this.#ns[a] = this.#ns[b] ?? 0;
    this.#rows[b] = row;
    this.#ns[b] = ns;
  }
}
