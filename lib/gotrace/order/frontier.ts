import type { ThreadCursor } from '../wire/thread-cursor';

/**
 * The threads of a generation as a binary min-heap by the time of their next event. Ties are broken as Go's reader
 * breaks them (up only past a larger parent, down to the left child first), so that equal times give its order.
 */
export class Frontier {
  #cursors: ThreadCursor[] = [];

  get size(): number {
    return this.#cursors.length;
  }

  at(index: number): ThreadCursor | undefined {
    return this.#cursors[index];
  }

  insert(cursor: ThreadCursor): void {
    this.#cursors.push(cursor);
    this.#up(this.#cursors.length - 1);
  }

  /** Restores the heap after the time of the cursor at `index` grew or shrank. */
  update(index: number): void {
    if (this.#up(index) === index) this.#down(index);
  }

  remove(index: number): void {
    const cursors = this.#cursors;
    for (let child = index; child > 0; ) {
      const parent = (child - 1) >> 1;
      this.#swap(child, parent);
      child = parent;
    }
    this.#swap(0, cursors.length - 1);
    cursors.pop();
    this.#down(0);
  }

  /** A sorted heap is a heap: the cursors can then be tried in order of time. */
  sort(): void {
    this.#cursors.sort((a, b) => a.time - b.time);
  }

  #up(start: number): number {
    const cursors = this.#cursors;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = cursors[parent];
      const own = cursors[index];
      if (above === undefined || own === undefined || above.time <= own.time) break;
      cursors[parent] = own;
      cursors[index] = above;
      index = parent;
    }
    return index;
  }

  #down(start: number): void {
    const cursors = this.#cursors;
    let index = start;
    for (;;) {
      const own = cursors[index];
      if (own === undefined) return;
      const left = cursors[2 * index + 1];
      const right = cursors[2 * index + 2];
      let least = own;
      let at = index;
      if (left !== undefined && left.time < least.time) {
        least = left;
        at = 2 * index + 1;
      }
      if (right !== undefined && right.time < least.time) {
        least = right;
        at = 2 * index + 2;
      }
      if (at === index) return;
      cursors[index] = least;
      cursors[at] = own;
      index = at;
    }
  }

  #swap(a: number, b: number): void {
    const first = this.#cursors[a];
    const second = this.#cursors[b];
    if (first === undefined || second === undefined) return;
    this.#cursors[a] = second;
    this.#cursors[b] = first;
  }
}
