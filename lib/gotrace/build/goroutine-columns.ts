import { extended } from '../extended';
import type { Goroutines } from '../trace';

const firstCapacity = 1_024;

/** What is known of goroutines, by dense index. Indexes come in ascending order, but not each has a row. */
export class GoroutineColumns {
  count = 0;
  /** First and newest row of the log; the first one counts only where there is a newest, which is -1 without any. */
  firstRow = new Int32Array(firstCapacity);
  newestRow = new Int32Array(firstCapacity);
  name = new Uint32Array(firstCapacity);
  parent = new Int32Array(firstCapacity);
  createdAt = new Uint32Array(firstCapacity);

  /** Makes room for an index that is new. */
  introduce(index: number): void {
    if (index >= this.name.length) {
      let capacity = this.name.length;
      while (index >= capacity) capacity *= 2;
      this.firstRow = extended(this.firstRow, new Int32Array(capacity));
      this.newestRow = extended(this.newestRow, new Int32Array(capacity));
      this.name = extended(this.name, new Uint32Array(capacity));
      this.parent = extended(this.parent, new Int32Array(capacity));
      this.createdAt = extended(this.createdAt, new Uint32Array(capacity));
    }
    // Mostly one: a loop costs less than calls that fill.
    for (let g = this.count; g <= index; g += 1) {
      this.newestRow[g] = -1;
      this.name[g] = 0;
      this.parent[g] = -1;
      this.createdAt[g] = 0;
    }
    this.count = index + 1;
  }

  /** The columns for keeps; `id` may be longer than they are. */
  finish(id: Float64Array): Goroutines {
    const { count } = this;
    const lastRow = this.newestRow.slice(0, count);
    return {
      count,
      id: id.slice(0, count),
      name: this.name.slice(0, count),
      parent: this.parent.slice(0, count),
      createdAt: this.createdAt.slice(0, count),
      firstRow: this.firstRow.slice(0, count).map((row, g) => (lastRow[g] === -1 ? -1 : row)),
      lastRow,
    };
  }
}
