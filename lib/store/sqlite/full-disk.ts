import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFull } from './sqlite-error';

/**
 * A file that only takes up space. On a full disk even deleting needs room for the write-ahead log, so retention lets
 * this file go first, deletes in small transactions, and makes it again.
 */
export class Reserve {
  readonly #file: string;
  readonly #bytes: number;

  constructor(dir: string, bytes: number) {
    this.#file = join(dir, 'reserve');
    this.#bytes = bytes;
  }

  exists(): boolean {
    return this.#bytes === 0 || (existsSync(this.#file) && statSync(this.#file).size >= this.#bytes);
  }

  /** True when the disk has room for it, for a write-ahead log of half its size, and a little more to go on with. */
  fits(): boolean {
    if (this.exists()) return true;
    const { bavail, bsize } = statfsSync(dirname(this.#file));
    return bavail * bsize > this.#bytes * 1.75;
  }

  /** False when the disk has no room for it. Zeros are written, because a sparse file would reserve nothing. */
  create(): boolean {
    if (this.exists()) return true;
    const zeros = Buffer.alloc(1_048_576);
    const file = openSync(this.#file, 'w');
    try {
      for (let written = 0; written < this.#bytes; ) {
        written += writeSync(file, zeros, 0, Math.min(zeros.length, this.#bytes - written));
      }
      fsyncSync(file);
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      rmSync(this.#file, { force: true });
      return false;
    } finally {
      closeSync(file);
    }
  }

  letGo(): void {
    rmSync(this.#file, { force: true });
  }
}
