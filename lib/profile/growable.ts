/** Buffers of at most this many items are kept when a list is emptied. */
const keptItems = 65_536;

/** An append-only list of unsigned 32-bit integers. */
export class Uint32List {
  private items: Uint32Array;
  length = 0;

  constructor(capacity = 64) {
    this.items = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Uint32Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length] = value;
    this.length += 1;
  }

  /** The item at `index`, which must be below `length`. */
  at(index: number): number {
    return this.items[index] ?? 0;
  }

  /** Replaces the item at `index`, which must be below `length`. */
  set(index: number, value: number): void {
    this.items[index] = value;
  }

  /** A view of the items so far; valid until the next `push`. */
  view(): Uint32Array {
    return this.items.subarray(0, this.length);
  }

  /** The items so far, for keeps. */
  copy(): Uint32Array {
    return this.items.slice(0, this.length);
  }

  /** Empties the list; keeps its buffer for the next items while that is small. */
  clear(): void {
    this.length = 0;
    if (this.items.length > keptItems) this.items = new Uint32Array(keptItems);
  }
}

/** An append-only list of doubles. */
export class Float64List {
  private items: Float64Array;
  length = 0;

  constructor(capacity = 64) {
    this.items = new Float64Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Float64Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length] = value;
    this.length += 1;
  }

  /** The item at `index`, which must be below `length`. */
  at(index: number): number {
    return this.items[index] ?? 0;
  }

  /** Replaces the item at `index`, which must be below `length`. */
  set(index: number, value: number): void {
    this.items[index] = value;
  }

  /** A view of the items so far; valid until the next `push`. */
  view(): Float64Array {
    return this.items.subarray(0, this.length);
  }

  /** The items so far, for keeps. */
  copy(): Float64Array {
    return this.items.slice(0, this.length);
  }

  /** Empties the list; keeps its buffer for the next items while that is small. */
  clear(): void {
    this.length = 0;
    if (this.items.length > keptItems) this.items = new Float64Array(keptItems);
  }
}
