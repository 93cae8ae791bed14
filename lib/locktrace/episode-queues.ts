import { firstAtOrAbove } from './first-at-or-above';
import type { Waits } from './lock-trace';

interface Queue {
  readonly begins: number[];
  readonly ends: number[];
  beginSums: Float64Array;
  endSums: Float64Array;
}

/**
 * How much was waited in a stretch of time, episode by episode: waits of one episode surely wait for one lock instance.
 * Building is O(waits log waits), a question O(log waits).
 */
export class EpisodeQueues {
  readonly #queues = new Map<number, Queue>();

  /** Over the episodes that `asked` has; most waits of a trace are for no lock, each an episode of its own. */
  constructor(waits: Waits, durationNs: number, asked: ReadonlySet<number>) {
    for (let row = 0; row < waits.count; row += 1) {
      const episode = waits.episode[row] ?? 0;
      if (!asked.has(episode)) continue;
      const queue = this.#queues.get(episode) ?? {
        begins: [],
        ends: [],
        beginSums: new Float64Array(),
        endSums: new Float64Array(),
      };
      this.#queues.set(episode, queue);
      const granted = waits.grantedNs[row] ?? Number.NaN;
      queue.begins.push(waits.beginNs[row] ?? 0);
      queue.ends.push(Number.isNaN(granted) ? durationNs : granted);
    }
    for (const queue of this.#queues.values()) {
      queue.begins.sort((a, b) => a - b);
      queue.ends.sort((a, b) => a - b);
      queue.beginSums = prefixSums(queue.begins);
      queue.endSums = prefixSums(queue.ends);
    }
  }

  /** Waiting inside [fromNs, toNs), ns, and how many waits have a part in it. */
  within(episode: number, fromNs: number, toNs: number): { readonly waitNs: number; readonly victims: number } {
    const queue = this.#queues.get(episode);
    if (queue === undefined || toNs <= fromNs) return { waitNs: 0, victims: 0 };
    const waitNs = waitedUntil(queue, toNs) - waitedUntil(queue, fromNs);
    return {
      waitNs: Math.max(waitNs, 0),
      victims: firstAtOrAbove(queue.begins, toNs) - firstAtOrAbove(queue.ends, fromNs + 1),
    };
  }
}

/** Sum over all waits of the part before a time. */
function waitedUntil(queue: Queue, timeNs: number): number {
  const begun = firstAtOrAbove(queue.begins, timeNs);
  const ended = firstAtOrAbove(queue.ends, timeNs);
  return begun * timeNs - (queue.beginSums[begun] ?? 0) - (ended * timeNs - (queue.endSums[ended] ?? 0));
}

function prefixSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [index, value] of values.entries()) sums[index + 1] = (sums[index] ?? 0) + value;
  return sums;
}
