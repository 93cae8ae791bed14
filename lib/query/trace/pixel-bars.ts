/** Something with a start and an end that knows how many it stands for. */
interface Bar {
  readonly startNs: number;
  readonly endNs: number;
  readonly merged: number;
}

/**
 * Joins neighbours that are narrower than a pixel and less than a pixel apart. What is at least a pixel wide stays as
 * it is, and nothing is dropped: the sum of `merged` is the number added. Bars come in order of their start.
 */
export class PixelBars<T extends Bar> {
  readonly #pixelNs: number;
  readonly #join: (first: T, second: T) => T;
  readonly #bars: T[] = [];
  #open: T | undefined;

  constructor(pixelNs: number, join: (first: T, second: T) => T) {
    this.#pixelNs = pixelNs;
    this.#join = join;
  }

  add(bar: T): void {
    if (bar.endNs - bar.startNs >= this.#pixelNs) {
      this.#flush();
      this.#bars.push(bar);
      return;
    }
    const open = this.#open;
    if (open !== undefined && bar.startNs - open.endNs < this.#pixelNs) this.#open = this.#join(open, bar);
    else {
      this.#flush();
      this.#open = bar;
    }
  }

  finish(): T[] {
    this.#flush();
    return this.#bars;
  }

  #flush(): void {
    if (this.#open !== undefined) this.#bars.push(this.#open);
    this.#open = undefined;
  }
}
