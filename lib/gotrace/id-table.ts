import { LockscopeError } from '@/lib/errors';
import { mixed } from './row-index';

/** Key of a free slot; ids are never negative. */
const free = -1;
const removed = -2;
/** Longer runs of taken slots come from ids made to collide. */
const maxProbes = 1_024;
/** Ids below are indexes of a plain array: Go counts strings, stacks and most goroutines from 1. */
const mostDirect = 65_536;

/**
 * A map from ids of the trace (non-negative, below 2^53) to dense indexes, without an object per entry: an array for
 * small ids, open addressing with linear probing, at most half full, for the others. Expected O(1).
 */
export class IdTable {
  /** Index + 1 by id; 0 = none. */
  #direct = new Int32Array(1_024);
  #directSize = 0;
  #keys = new Float64Array(64).fill(free);
  #values = new Int32Array(64);
  /** Slots that are not free, removed ones included. */
  #used = 0;
  #hashed = 0;

  get size(): number {
    return this.#directSize + this.#hashed;
  }

  /** The index of an id; -1 when it has none. */
  get(id: number): number {
    if (id < mostDirect) return (this.#direct[id] ?? 0) - 1;
    const slot = this.#find(id);
    return this.#keys[slot] === id ? (this.#values[slot] ?? -1) : -1;
  }

  /** Throws `gotrace.ids` for ids that were made to collide. */
  set(id: number, index: number): void {
    if (id < mostDirect) {
      if (id >= this.#direct.length) this.#growDirect(id);
      if (this.#direct[id] === 0) this.#directSize += 1;
      this.#direct[id] = index + 1;
      return;
    }
    const slot = this.#find(id);
    if (this.#keys[slot] !== id) {
      if (this.#keys[slot] !== free) throw new LockscopeError('gotrace.ids', `ids like ${id} collide`);
      this.#keys[slot] = id;
      this.#hashed += 1;
      this.#used += 1;
    }
    this.#values[slot] = index;
    if (this.#used * 2 > this.#keys.length) this.#rehash();
  }

  delete(id: number): void {
    if (id < mostDirect) {
      if (this.get(id) === -1) return;
      this.#direct[id] = 0;
      this.#directSize -= 1;
      return;
    }
    const slot = this.#find(id);
    if (this.#keys[slot] !== id) return;
    this.#keys[slot] = removed;
    this.#hashed -= 1;
  }

  clear(): void {
    this.#direct.fill(0);
    this.#directSize = 0;
    this.#keys.fill(free);
    this.#used = 0;
    this.#hashed = 0;
  }

  /** Calls `visit` with each id and index, in no order. */
  each(visit: (id: number, index: number) => void): void {
    for (let id = 0; id < this.#direct.length; id += 1) {
      const index = (this.#direct[id] ?? 0) - 1;
      if (index !== -1) visit(id, index);
    }
    for (let slot = 0; slot < this.#keys.length; slot += 1) {
      const key = this.#keys[slot] ?? free;
      if (key >= 0) visit(key, this.#values[slot] ?? -1);
    }
  }

  /** The slot of an id, else the free one where it would go, else (too many collide) a slot of another. */
  #find(id: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let slot = hash(id) & mask;
    for (let probe = 0; probe < maxProbes; probe += 1) {
      const key = keys[slot];
      if (key === id || key === free) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #growDirect(id: number): void {
    let capacity = this.#direct.length;
    while (capacity <= id) capacity *= 2;
    const larger = new Int32Array(capacity);
    larger.set(this.#direct);
    this.#direct = larger;
  }

  #rehash(): void {
    const keys = this.#keys;
    const values = this.#values;
    let capacity = keys.length;
    while (this.#hashed * 4 > capacity) capacity *= 2;
    this.#keys = new Float64Array(capacity).fill(free);
    this.#values = new Int32Array(capacity);
    this.#used = 0;
    this.#hashed = 0;
    for (let slot = 0; slot < keys.length; slot += 1) {
      const key = keys[slot] ?? free;
      if (key >= 0) this.set(key, values[slot] ?? -1);
    }
  }
}

/** Low and high 32 bits, mixed. */
function hash(id: number): number {
  return mixed(id > 0xffff_ffff ? (id / 0x1_0000_0000) | 0 : 0, id | 0);
}
