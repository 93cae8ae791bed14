import type { Waits } from './lock-trace';

/** The waits that each hold's release ended, by begin. */
export class WokenRows {
  /** Hold h owns rows [starts[h], starts[h + 1]). */
  readonly #starts: Uint32Array;
  readonly #rows: Uint32Array;

  constructor(waits: Waits, holds: number) {
    const starts = new Uint32Array(holds + 1);
    for (const hold of waits.hold) if (hold >= 0) starts[hold + 1] = (starts[hold + 1] ?? 0) + 1;
    for (let hold = 0; hold < holds; hold += 1) starts[hold + 1] = (starts[hold + 1] ?? 0) + (starts[hold] ?? 0);
    this.#starts = starts;
    this.#rows = new Uint32Array(starts[holds] ?? 0);
    const free = starts.slice();
    for (let row = 0; row < waits.count; row += 1) {
      const hold = waits.hold[row] ?? -1;
      if (hold < 0) continue;
      const place = free[hold] ?? 0;
      this.#rows[place] = row;
      free[hold] = place + 1;
    }
  }

  of(hold: number): number[] {
    return [...this.#rows.subarray(this.#starts[hold], this.#starts[hold + 1])];
  }

  /** -1 when there is none. */
  first(hold: number): number {
    const start = this.#starts[hold] ?? 0;
    return start < (this.#starts[hold + 1] ?? 0) ? (this.#rows[start] ?? -1) : -1;
  }
}
