/** Disjoint sets over dense numbers, with path halving. */
export class UnionFind {
  readonly #parent: number[] = [];

  /** Adds a set of its own; its number counts from 0. */
  add(): number {
    return this.#parent.push(this.#parent.length) - 1;
  }

  /** The lowest number of the set, as far as sets were joined by `union`. */
  find(item: number): number {
    let root = item;
    for (;;) {
      const parent = this.#parent[root] ?? root;
      if (parent === root) return root;
      const above = this.#parent[parent] ?? parent;
      this.#parent[root] = above;
      root = above;
    }
  }

  union(a: number, b: number): void {
    const first = this.find(a);
    const second = this.find(b);
    if (first !== second) this.#parent[Math.max(first, second)] = Math.min(first, second);
  }
}
