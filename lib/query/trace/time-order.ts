/**
 * Puts steps in order of time that come nearly in it, as causal order does: those that come after a later one are few,
 * of goroutines told late or threads whose clocks differ. They wait apart, and are merged in at the end.
 */
export class TimeOrder {
  readonly #ticks: Uint32Array;
  readonly #step: Uint8Array;
  /** How many stand in `#ticks` and `#step`, in order; those come first of equal times. */
  #count = 0;
  #latest = 0;
  readonly #late: { readonly tick: number; readonly step: number }[] = [];

  /** At most `most` steps come. */
  constructor(most: number) {
    this.#ticks = new Uint32Array(most);
    this.#step = new Uint8Array(most);
  }

  add(tick: number, step: number): void {
    if (tick < this.#latest) {
      this.#late.push({ tick, step });
      return;
    }
    this.#latest = tick;
    this.#ticks[this.#count] = tick;
    this.#step[this.#count] = step;
    this.#count += 1;
  }

  /** By time, equal ones as they came. Ends the adding. O(steps + late ones log late ones). */
  sorted(): { readonly ticks: Uint32Array; readonly step: Uint8Array } {
    const late = this.#late.sort((a, b) => a.tick - b.tick);
    const length = this.#count + late.length;
    // From the end, so that nothing is written over before it is read.
    let next = this.#count - 1;
    let place = length - 1;
    for (let last = late.pop(); last !== undefined; last = late.pop()) {
      for (; next >= 0 && (this.#ticks[next] ?? 0) > last.tick; next -= 1, place -= 1) {
        this.#ticks[place] = this.#ticks[next] ?? 0;
        this.#step[place] = this.#step[next] ?? 0;
      }
      this.#ticks[place] = last.tick;
      this.#step[place] = last.step;
      place -= 1;
    }
    return { ticks: this.#ticks.subarray(0, length), step: this.#step.subarray(0, length) };
  }
}
