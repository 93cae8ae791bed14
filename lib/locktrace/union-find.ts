import { Uint32List } from '@/lib/profile/growable';

/** Disjoint sets over dense numbers, with path halving. */
export class UnionFind {
  readonly #parent = new Uint32List();

  /** Adds a set of its own; its number counts from 0. */
  add(): number {
    const item = this.#parent.length;
    this.#parent.push(item);
    return item;
  }

  /** The lowest number of the set, as far as sets were joined by `union`. */
  find(item: number): number {
    let root = item;
    for (;;) {
      const parent = this.#parent.at(root);
      if (parent === root) return root;
      const above = this.#parent.at(parent);
      this.#parent.set(root, above);
      root = above;
    }
  }

  union(a: number, b: number): void {
    const first = this.find(a);
    const second = this.find(b);
    if (first !== second) this.#parent.set(Math.max(first, second), Math.min(first, second));
  }
}
