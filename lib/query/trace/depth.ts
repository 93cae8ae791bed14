import { firstAtOrAbove } from '@/lib/locktrace/first-at-or-above';

export interface Sampled {
  readonly mean: number[];
  readonly max: number[];
}

/** How many of some intervals overlap, over time. */
export class Depth {
  readonly #begins: Float64Array;
  readonly #ends: Float64Array;

  /** Interval i is [begins[i], ends[i]). Sorts both in place; O(n log n). */
  constructor(begins: Float64Array, ends: Float64Array) {
    this.#begins = begins.sort();
    this.#ends = ends.sort();
  }

  /** Intervals that have a part in [fromNs, toNs). O(log n). */
  within(fromNs: number, toNs: number): number {
    return firstAtOrAbove(this.#begins, toNs) - this.#endedBy(fromNs);
  }

  /** Time-weighted mean and largest depth of each of `pixels` equal parts of a window. O(log n + ends in the window). */
  sample(fromNs: number, toNs: number, pixels: number): Sampled {
    const mean = new Array<number>(pixels).fill(0);
    const max = new Array<number>(pixels).fill(0);
    const width = (toNs - fromNs) / pixels;
    const never = Number.POSITIVE_INFINITY;
    let begun = firstAtOrAbove(this.#begins, fromNs);
    let ended = this.#endedBy(fromNs);
    let at = fromNs;
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const endNs = fromNs + (pixel + 1) * width;
      let area = 0;
      // Who leaves at the very time another comes made room for it.
      while ((this.#ends[ended] ?? never) <= at) ended += 1;
      let most = begun - ended;
      for (;;) {
        const begin = this.#begins[begun] ?? never;
        const end = this.#ends[ended] ?? never;
        const next = Math.min(begin, end);
        if (next >= endNs) break;
        area += (begun - ended) * (next - at);
        at = next;
        if (end <= begin) ended += 1;
        else begun += 1;
        most = Math.max(most, begun - ended);
      }
      area += (begun - ended) * (endNs - at);
      at = endNs;
      mean[pixel] = rounded(area / width);
      max[pixel] = most;
    }
    return { mean, max };
  }

  #endedBy(timeNs: number): number {
    let ended = firstAtOrAbove(this.#ends, timeNs);
    while (this.#ends[ended] === timeNs) ended += 1;
    return ended;
  }
}

/** To a millionth: means travel as text. */
export function rounded(mean: number): number {
  return Math.round(mean * 1e6) / 1e6;
}
