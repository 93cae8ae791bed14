import { type Holds, holdMode, holdStart, type Waits } from './lock-trace';
import type { WokenRows } from './woken-rows';

/** A writer's turn after it had waited for the readers inside. */
export interface WriterTurn {
  readonly hold: number;
  readonly grantedNs: number;
  readonly runsNs: number;
  readonly endNs: number;
}

/**
 * Finds what a writer did with the lock that it had waited for: the hold of the same goroutine that surely began with
 * that wait's end and woke somebody. Blocking meanwhile parts episodes, not this.
 */
export class WriterTurns {
  readonly #waits: Waits;
  readonly #holds: Holds;
  /** Write holds with an exact start by goroutine, by when they began. */
  readonly #began = new Map<number, Map<number, number>>();

  constructor(waits: Waits, holds: Holds, woken: WokenRows) {
    this.#waits = waits;
    this.#holds = holds;
    for (let hold = 0; hold < holds.count; hold += 1) {
      if (holds.mode[hold] !== holdMode.write || holds.start[hold] !== holdStart.exact) continue;
      if (woken.first(hold) < 0) continue;
      const goroutine = holds.goroutine[hold] ?? 0;
      const began = this.#began.get(goroutine) ?? new Map<number, number>();
      began.set(holds.startNs[hold] ?? 0, hold);
      this.#began.set(goroutine, began);
    }
  }

  of(wait: number): WriterTurn | undefined {
    const runsNs = this.#waits.acquiredNs[wait] ?? Number.NaN;
    const hold = this.#began.get(this.#waits.goroutine[wait] ?? 0)?.get(runsNs);
    if (hold === undefined || this.#holds.lock[hold] !== this.#waits.lock[wait]) return undefined;
    return { hold, grantedNs: this.#waits.grantedNs[wait] ?? 0, runsNs, endNs: this.#holds.endNs[hold] ?? 0 };
  }
}
