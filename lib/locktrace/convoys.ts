import { EpisodeQueues } from './episode-queues';
import { type Convoy, type Doing, type Holds, holdMode, type Waits } from './lock-trace';

/** As many are kept, the costliest ones. */
const mostConvoys = 200;

const kinds: Readonly<Record<number, Convoy['kind']>> = {
  [holdMode.read]: 'slow reader',
  [holdMode.write]: 'long writer',
  [holdMode.mutex]: 'long holder',
  [holdMode.other]: 'long holder',
};

interface Input {
  readonly durationNs: number;
  readonly waits: Waits;
  readonly holds: Holds;
  /** What each hold's goroutine did in its certain part. */
  readonly doing: readonly Doing[];
}

/**
 * Holds that made two or more wait at once, by the waiting they caused: what was waited for the same lock instance
 * during the certain part of the hold. A reader that kept a writer waiting answers for the readers behind that writer;
 * the writer that woke them answers for its own hold only. `total` counts those beyond the costliest 200.
 */
export function findConvoys({ durationNs, waits, holds, doing }: Input): {
  readonly convoys: Convoy[];
  readonly total: number;
} {
  const firstWoken = firstWokenOf(waits, holds.count);
  const episodes = Array.from(firstWoken, (woken, hold) => {
    if (woken >= 0) return waits.episode[woken];
    // All that a released hold woke may have been woken again by another: then that one answers.
    return Number.isNaN(holds.endNs[hold]) ? openEpisode(waits, holds.lock[hold] ?? 0) : undefined;
  });
  const queues = new EpisodeQueues(waits, durationNs, new Set(episodes.filter((episode) => episode !== undefined)));
  const found: Convoy[] = [];
  for (let hold = 0; hold < holds.count; hold += 1) {
    const woken = firstWoken[hold] ?? -1;
    const end = holds.endNs[hold] ?? Number.NaN;
    const endNs = Number.isNaN(end) ? durationNs : end;
    const atNs = holds.certainNs[hold] ?? 0;
    const episode = episodes[hold];
    if (episode === undefined) continue;
    const { waitNs, victims } = queues.within(episode, atNs, endNs);
    if (victims < 2 || waitNs <= 0) continue;
    const mode = holds.mode[hold] ?? holdMode.other;
    const culprit = {
      site: holds.site[hold] ?? 0,
      goroutine: holds.goroutine[hold] ?? 0,
      stack: holds.stack[hold] ?? 0,
    };
    const reads = mode === holdMode.read;
    const writer =
      reads && woken >= 0 ? { site: waits.site[woken] ?? 0, goroutine: waits.goroutine[woken] ?? 0 } : null;
    found.push({
      lock: holds.lock[hold] ?? 0,
      atNs,
      durationNs: endNs - atNs,
      kind: kinds[mode] ?? 'long holder',
      culprit,
      writer,
      victims,
      waitNs,
      pendingNs: reads ? waitNs : 0,
      heldNs: reads ? 0 : waitNs,
      grantDelayNs: writer === null || woken < 0 ? 0 : grantDelay(queues, episode, waits, woken),
      doing: doing[hold] ?? { running: 0, runnable: 0, syscall: 0, network: 0, lock: 0, sleep: 0, gc: 0, other: 0 },
    });
  }
  found.sort((a, b) => b.waitNs - a.waitNs || a.atNs - b.atNs);
  return { convoys: found.slice(0, mostConvoys), total: found.length };
}

/** Waiting between the wake-up of a writer and its running: the lock was granted, the processor was not there. */
function grantDelay(queues: EpisodeQueues, episode: number, waits: Waits, writer: number): number {
  const granted = waits.grantedNs[writer] ?? Number.NaN;
  const runs = waits.acquiredNs[writer] ?? Number.NaN;
  return runs > granted ? queues.within(episode, granted, runs).waitNs : 0;
}

function firstWokenOf(waits: Waits, holds: number): Int32Array {
  const first = new Int32Array(holds).fill(-1);
  for (let row = waits.count - 1; row >= 0; row -= 1) {
    const hold = waits.hold[row] ?? -1;
    if (hold >= 0) first[hold] = row;
  }
  return first;
}

/** The episode of the waits for a lock that nobody ended. */
function openEpisode(waits: Waits, lock: number): number | undefined {
  for (let row = waits.count - 1; row >= 0; row -= 1) {
    if (waits.lock[row] === lock && Number.isNaN(waits.grantedNs[row])) return waits.episode[row];
  }
  return undefined;
}
