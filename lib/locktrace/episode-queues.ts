import { firstAtOrAbove } from './first-at-or-above';
import type { Waits } from './lock-trace';

/**
 * How much was waited in a stretch of time, episode by episode: waits of one episode surely wait for one lock instance.
 * Building is O(waits log waits), a question O(log waits).
 */
export class EpisodeQueues {
  /** Number + 1 of an episode's queue; 0 = it was not asked for. */
  readonly #queueOf: Uint32Array;
  readonly #queues: readonly Queue[];

  /** Over the episodes that `asked` has; most waits of a trace are for no lock, each an episode of its own. */
  constructor(waits: Waits, durationNs: number, asked: readonly (readonly number[])[]) {
    const queueOf = new Uint32Array(waits.count);
    const queues: Queue[] = [];
    for (const episodes of asked)
      for (const episode of episodes) if (queueOf[episode] === 0) queueOf[episode] = queues.push(new Queue());
    for (let row = 0; row < waits.count; row += 1) {
      const queue = queueOf[waits.episode[row] ?? 0] ?? 0;
      if (queue === 0) continue;
      const granted = waits.grantedNs[row] ?? Number.NaN;
      queues[queue - 1]?.add(waits.beginNs[row] ?? 0, Number.isNaN(granted) ? durationNs : granted);
    }
    for (const queue of queues) queue.close();
    this.#queueOf = queueOf;
    this.#queues = queues;
  }

  /** Waiting for some episodes inside [fromNs, toNs), ns, and how many waits have a part in it. */
  within(
    episodes: readonly number[],
    fromNs: number,
    toNs: number,
  ): { readonly waitNs: number; readonly victims: number } {
    let waitNs = 0;
    let victims = 0;
    if (toNs <= fromNs) return { waitNs, victims };
    for (const episode of episodes) {
      const queue = this.#queues[(this.#queueOf[episode] ?? 0) - 1];
      if (queue === undefined) continue;
      waitNs += Math.max(queue.waitedUntil(toNs) - queue.waitedUntil(fromNs), 0);
      victims += queue.within(fromNs, toNs);
    }
    return { waitNs, victims };
  }
}

class Queue {
  readonly #begins: number[] = [];
  readonly #ends: number[] = [];
  #beginSums: Float64Array = new Float64Array();
  #endSums: Float64Array = new Float64Array();

  add(beginNs: number, endNs: number): void {
    this.#begins.push(beginNs);
    this.#ends.push(endNs);
  }

  /** After the last wait. */
  close(): void {
    this.#begins.sort((a, b) => a - b);
    this.#ends.sort((a, b) => a - b);
    this.#beginSums = prefixSums(this.#begins);
    this.#endSums = prefixSums(this.#ends);
  }

  /** How many waits have a part in [fromNs, toNs). */
  within(fromNs: number, toNs: number): number {
    return firstAtOrAbove(this.#begins, toNs) - firstAtOrAbove(this.#ends, fromNs + 1);
  }

  /** Sum over all waits of the part before a time. */
  waitedUntil(timeNs: number): number {
    const begun = firstAtOrAbove(this.#begins, timeNs);
    const ended = firstAtOrAbove(this.#ends, timeNs);
    return begun * timeNs - (this.#beginSums[begun] ?? 0) - (ended * timeNs - (this.#endSums[ended] ?? 0));
  }
}

function prefixSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index += 1) sums[index + 1] = (sums[index] ?? 0) + (values[index] ?? 0);
  return sums;
}
