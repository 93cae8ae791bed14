import { Uint32List } from './growable';

/** Numbers sequences of unsigned 32-bit integers by content: equal sequences get the same row. Open addressing. */
export class SequenceTable {
  private slots = new Uint32Array(128);
  private readonly hashes = new Uint32List();
  private readonly ends = new Uint32List();
  private readonly itemList = new Uint32List(256);

  constructor() {
    this.ends.push(0);
  }

  get length(): number {
    return this.hashes.length;
  }

  /** `length + 1` entries; row i is `items[offsets[i] .. offsets[i + 1]]`. Valid until the next `intern`. */
  get offsets(): Uint32Array {
    return this.ends.view();
  }

  get items(): Uint32Array {
    return this.itemList.view();
  }

  /** The row of `source[start .. end]`, a new one when it was not seen. */
  intern(source: Uint32Array | readonly number[], start = 0, end = source.length): number {
    const hash = hashOf(source, start, end);
    let slot = hash & (this.slots.length - 1);
    for (;;) {
      const entry = this.slots[slot] ?? 0;
      if (entry === 0) break;
      if (this.isRow(entry - 1, hash, source, start, end)) return entry - 1;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    const row = this.length;
    this.slots[slot] = row + 1;
    this.hashes.push(hash);
    for (let i = start; i < end; i++) this.itemList.push(source[i] ?? 0);
    this.ends.push(this.itemList.length);
    if (this.length * 2 > this.slots.length) this.grow();
    return row;
  }

  private isRow(
    row: number,
    hash: number,
    source: Uint32Array | readonly number[],
    start: number,
    end: number,
  ): boolean {
    if (this.hashes.at(row) !== hash) return false;
    const from = this.ends.at(row);
    if (this.ends.at(row + 1) - from !== end - start) return false;
    for (let i = start; i < end; i++) if (this.itemList.at(from + i - start) !== source[i]) return false;
    return true;
  }

  private grow(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    for (let row = 0; row < this.length; row++) {
      let slot = this.hashes.at(row) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = row + 1;
    }
    this.slots = slots;
  }
}

/** Murmur3's mixing, 32 bits. */
function hashOf(source: Uint32Array | readonly number[], start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i++) {
    let block = Math.imul(source[i] ?? 0, 0xcc9e2d51);
    block = (block << 15) | (block >>> 17);
    hash ^= Math.imul(block, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
