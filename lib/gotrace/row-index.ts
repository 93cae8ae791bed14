/** Longer runs of taken slots come from hashes made to collide; they are given up rather than walked. */
const maxProbes = 1_024;
const free = -1;

/**
 * Finds rows of columns by their content: open addressing with linear probing, at most half full. The caller has the
 * columns, the hash and the comparison. Expected O(1).
 */
export class RowIndex {
  #rows = new Int32Array(1_024).fill(free);
  #hashes = new Int32Array(1_024);
  #used = 0;

  /** The row with this hash for which `same` holds; -1 when there is none, or colliding hashes hide it. */
  find(hash: number, same: (row: number) => boolean): number {
    const mask = this.#rows.length - 1;
    let slot = hash & mask;
    for (let probe = 0; probe < maxProbes; probe += 1) {
      const row = this.#rows[slot] ?? free;
      if (row === free) return -1;
      if (this.#hashes[slot] === hash && same(row)) return row;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Adds a row that `find` did not find. Does nothing where too many hashes collide. */
  add(hash: number, row: number): void {
    const mask = this.#rows.length - 1;
    let slot = hash & mask;
    for (let probe = 0; probe < maxProbes; probe += 1) {
      if (this.#rows[slot] === free) {
        this.#rows[slot] = row;
        this.#hashes[slot] = hash;
        this.#used += 1;
        if (this.#used * 2 > this.#rows.length) this.#grow();
        return;
      }
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const rows = this.#rows;
    const hashes = this.#hashes;
    this.#rows = new Int32Array(rows.length * 2).fill(free);
    this.#hashes = new Int32Array(rows.length * 2);
    this.#used = 0;
    for (let slot = 0; slot < rows.length; slot += 1) {
      const row = rows[slot] ?? free;
      if (row !== free) this.add(hashes[slot] ?? 0, row);
    }
  }
}

/** Folds one more integer into a hash; its bits spread over all 32. */
export function mixed(hash: number, value: number): number {
  let mix = Math.imul(hash ^ (value | 0), 0x9e37_79b1);
  mix ^= mix >>> 15;
  mix = Math.imul(mix, 0x85eb_ca6b);
  return mix ^ (mix >>> 13);
}
