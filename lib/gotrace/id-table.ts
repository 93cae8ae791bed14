/** Key of a free slot; ids are never negative. */
const free = -1;
const removed = -2;

/**
 * A map from ids of the trace (non-negative, below 2^53) to dense indexes, without an object per entry:
 * open addressing with linear probing, at most half full. Expected O(1).
 */
export class IdTable {
  #keys = new Float64Array(1024).fill(free);
  #values = new Int32Array(1024);
  /** Slots that are not free, removed ones included. */
  #used = 0;
  size = 0;

  /** The index of an id; -1 when it has none. */
  get(id: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let slot = hash(id) & mask;
    for (;;) {
      const key = keys[slot] ?? free;
      if (key === free) return -1;
      if (key === id) return this.#values[slot] ?? -1;
      slot = (slot + 1) & mask;
    }
  }

  set(id: number, index: number): void {
    const mask = this.#keys.length - 1;
    let slot = hash(id) & mask;
    for (;;) {
      const key = this.#keys[slot] ?? free;
      if (key === id) break;
      if (key === free) {
        this.#keys[slot] = id;
        this.size += 1;
        this.#used += 1;
        break;
      }
      slot = (slot + 1) & mask;
    }
    this.#values[slot] = index;
    if (this.#used * 2 > this.#keys.length) this.#rehash();
  }

  delete(id: number): void {
    const mask = this.#keys.length - 1;
    let slot = hash(id) & mask;
    for (;;) {
      const key = this.#keys[slot] ?? free;
      if (key === free) return;
      if (key === id) {
        this.#keys[slot] = removed;
        this.size -= 1;
        return;
      }
      slot = (slot + 1) & mask;
    }
  }

  clear(): void {
    this.#keys.fill(free);
    this.#used = 0;
    this.size = 0;
  }

  #rehash(): void {
    const keys = this.#keys;
    const values = this.#values;
    let capacity = keys.length;
    while (this.size * 4 > capacity) capacity *= 2;
    this.#keys = new Float64Array(capacity).fill(free);
    this.#values = new Int32Array(capacity);
    this.#used = 0;
    this.size = 0;
    for (let slot = 0; slot < keys.length; slot += 1) {
      const key = keys[slot] ?? free;
      if (key >= 0) this.set(key, values[slot] ?? -1);
    }
  }
}

/** Fibonacci hashing of the low 32 bits, folded with the high ones. */
function hash(id: number): number {
  const low = id | 0;
  const high = id > 0xffff_ffff ? (id / 0x1_0000_0000) | 0 : 0;
  return Math.imul(low ^ high, 0x9e37_79b1) >>> 8;
}
