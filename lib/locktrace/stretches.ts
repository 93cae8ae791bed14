import { firstAtOrAbove } from './first-at-or-above';

/** Disjoint stretches of time, added in order of their start, with the time they cover up to each. */
export class Stretches {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #covered: number[] = [0];
  totalNs = 0;
  longestNs = 0;
  count = 0;

  /** What overlaps an earlier one counts once in what is covered. */
  add(startNs: number, endNs: number): void {
    this.count += 1;
    this.longestNs = Math.max(this.longestNs, endNs - startNs);
    const from = Math.max(startNs, this.#ends.at(-1) ?? 0);
    if (endNs <= from) return;
    this.#starts.push(from);
    this.#ends.push(endNs);
    this.totalNs += endNs - from;
    this.#covered.push(this.totalNs);
  }

  /** How much of [fromNs, toNs) is covered. O(log stretches). */
  within(fromNs: number, toNs: number): number {
    return Math.max(this.#until(toNs) - this.#until(fromNs), 0);
  }

  #until(timeNs: number): number {
    const begun = firstAtOrAbove(this.#starts, timeNs);
    if (begun === 0) return 0;
    const last = Math.min(this.#ends[begun - 1] ?? 0, timeNs) - (this.#starts[begun - 1] ?? 0);
    return (this.#covered[begun - 1] ?? 0) + last;
  }
}
