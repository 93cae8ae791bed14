import { laneStates } from '@/lib/locktrace/lane-state';
import { rounded, type Sampled } from './depth';
import { firstAtOrAbove } from './interval-index';
import { changesPerBlock, type StateChanges } from './state-changes';

const states = laneStates.length;

/** How many of the program's goroutines are in each state over time. */
export class StateCounts {
  readonly #changes: StateChanges;
  readonly #tickNs: number;

  constructor(changes: StateChanges, tickNs: number) {
    this.#changes = changes;
    this.#tickNs = tickNs;
  }

  /**
   * Per state of `laneStates`, mean and largest number in each of `pixels` equal parts of a window.
   * O(log changes + pixels * changesPerBlock + blocks in the window).
   */
  sample(fromNs: number, toNs: number, pixels: number): Sampled[] {
    const from = fromNs / this.#tickNs;
    const width = (toNs - fromNs) / this.#tickNs / pixels;
    const sampled = laneStates.map(() => ({ mean: new Array<number>(pixels), max: new Array<number>(pixels) }));
    const walk = new Walk(this.#changes, from);
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      walk.to(from + (pixel + 1) * width);
      for (const [state, { mean, max }] of sampled.entries()) {
        mean[pixel] = rounded((walk.area[state] ?? 0) / width);
        max[pixel] = walk.most[state] ?? 0;
      }
    }
    return sampled;
  }

  /** Largest number of goroutines per state in a window. */
  largest(fromNs: number, toNs: number): number[] {
    return this.sample(fromNs, toNs, 1).map(({ max }) => max[0] ?? 0);
  }
}

/** Goes through the changes stretch by stretch; each stretch begins where the last one ended. */
class Walk {
  readonly #changes: StateChanges;
  /** One more than there are states, for goroutines that come or go. */
  readonly #now = new Int32Array(states + 1);
  readonly #since = new Float64Array(states + 1);
  readonly area = new Float64Array(states + 1);
  readonly most = new Int32Array(states + 1);
  #next: number;
  #at: number;

  constructor(changes: StateChanges, from: number) {
    this.#changes = changes;
    this.#at = from;
    const first = firstAtOrAbove(changes.ticks, from);
    const block = Math.min(Math.floor(first / changesPerBlock), changes.count.length / states - 1);
    this.#next = Math.max(block, 0) * changesPerBlock;
    this.#now.set(changes.count.subarray(block * states, (block + 1) * states));
    while (this.#next < first) this.#take();
  }

  /** Moves to `end`; `area` and `most` are then those of the stretch. */
  to(end: number): void {
    const { ticks } = this.#changes;
    const never = Number.POSITIVE_INFINITY;
    while ((ticks[this.#next] ?? never) <= this.#at) this.#take();
    this.#since.fill(this.#at);
    this.area.fill(0);
    this.most.set(this.#now);
    for (let at = ticks[this.#next] ?? never; at < end; at = ticks[this.#next] ?? never) {
      const after = this.#next + changesPerBlock;
      if (this.#next % changesPerBlock === 0 && (ticks[after] ?? never) <= end)
        this.#takeBlock(at, ticks[after] ?? end);
      else this.#takeAt(at);
    }
    for (let state = 0; state < states; state += 1) this.#cover(state, end);
    this.#at = end;
  }

  #takeAt(at: number): void {
    const step = this.#changes.step[this.#next] ?? 0;
    this.#cover(step >> 4, at);
    this.#cover(step & 15, at);
    this.#take();
    const to = step & 15;
    if ((this.#now[to] ?? 0) > (this.most[to] ?? 0)) this.most[to] = this.#now[to] ?? 0;
  }

  #takeBlock(at: number, after: number): void {
    const { count, most, area } = this.#changes;
    const block = (this.#next / changesPerBlock) * states;
    for (let state = 0; state < states; state += 1) {
      this.#cover(state, at);
      const covered = (area[block + states + state] ?? 0) - (area[block + state] ?? 0);
      this.area[state] = (this.area[state] ?? 0) + covered;
      this.#since[state] = after;
      this.most[state] = Math.max(this.most[state] ?? 0, most[block + state] ?? 0);
      this.#now[state] = count[block + states + state] ?? 0;
    }
    this.#next += changesPerBlock;
  }

  #cover(state: number, at: number): void {
    this.area[state] = (this.area[state] ?? 0) + (this.#now[state] ?? 0) * (at - (this.#since[state] ?? 0));
    this.#since[state] = at;
  }

  #take(): void {
    const step = this.#changes.step[this.#next] ?? 0;
    this.#now[step >> 4] = (this.#now[step >> 4] ?? 0) - 1;
    this.#now[step & 15] = (this.#now[step & 15] ?? 0) + 1;
    this.#next += 1;
  }
}
