import { firstAtOrAbove } from '@/lib/locktrace/first-at-or-above';
import { laneStates } from '@/lib/locktrace/lane-state';
import { rounded, type Sampled } from './depth';
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
  /** The change to come, its tick, and where the delta of the one after it is. */
  #next = 0;
  #tick = Number.POSITIVE_INFINITY;
  #offset = 0;
  #at: number;

  constructor(changes: StateChanges, from: number) {
    this.#changes = changes;
    this.#at = from;
    const block = Math.max(firstAtOrAbove(changes.firstTick, from) - 1, 0);
    this.#now.set(changes.count.subarray(block * states, (block + 1) * states));
    this.#goTo(block);
    while (this.#tick < from) this.#take();
  }

  /** Moves to `end`; `area` and `most` are then those of the stretch. */
  to(end: number): void {
    const { firstTick } = this.#changes;
    while (this.#tick <= this.#at) this.#take();
    this.#since.fill(this.#at);
    this.area.fill(0);
    this.most.set(this.#now);
    while (this.#tick < end) {
      const after = this.#next / changesPerBlock + 1;
      if (Number.isInteger(after) && (firstTick[after] ?? Number.POSITIVE_INFINITY) <= end) this.#takeBlock(after);
      else this.#takeCovered();
    }
    for (let state = 0; state < states; state += 1) this.#cover(state, end);
    this.#at = end;
  }

  #takeCovered(): void {
    const step = this.#changes.step[this.#next] ?? 0;
    const to = step & 15;
    this.#cover(step >> 4, this.#tick);
    this.#cover(to, this.#tick);
    this.#take();
    if ((this.#now[to] ?? 0) > (this.most[to] ?? 0)) this.most[to] = this.#now[to] ?? 0;
  }

  /** Goes on to block `after` at once. */
  #takeBlock(after: number): void {
    const { count, most, area, firstTick } = this.#changes;
    const end = after * states;
    const begin = end - states;
    for (let state = 0; state < states; state += 1) {
      this.#cover(state, this.#tick);
      this.area[state] = (this.area[state] ?? 0) + (area[end + state] ?? 0) - (area[begin + state] ?? 0);
      this.#since[state] = firstTick[after] ?? 0;
      this.most[state] = Math.max(this.most[state] ?? 0, most[begin + state] ?? 0);
      this.#now[state] = count[end + state] ?? 0;
    }
    this.#goTo(after);
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
    if (this.#next % changesPerBlock === 0) this.#goTo(this.#next / changesPerBlock);
    else this.#readDelta();
  }

  #goTo(block: number): void {
    const { firstTick, offset } = this.#changes;
    this.#next = block * changesPerBlock;
    this.#tick = firstTick[block] ?? Number.POSITIVE_INFINITY;
    this.#offset = (offset[block] ?? 0) + 1;
  }

  #readDelta(): void {
    if (this.#next >= this.#changes.step.length) {
      this.#tick = Number.POSITIVE_INFINITY;
      return;
    }
    let weight = 1;
    let delta = 0;
    for (;;) {
      const byte = this.#changes.deltas[this.#offset] ?? 0;
      this.#offset += 1;
      delta += (byte & 127) * weight;
      if (byte < 128) break;
      weight *= 128;
    }
    this.#tick += delta;
  }
}
