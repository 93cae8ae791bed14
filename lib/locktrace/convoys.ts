import { nothingDone } from './doing';
import { EpisodeQueues } from './episode-queues';
import { type Convoy, type Doing, type Holds, holdMode, type Waits } from './lock-trace';
import { WokenRows } from './woken-rows';
import { type WriterTurn, WriterTurns } from './writer-turns';

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
  /** Whether a site waits to read. */
  reads(site: number): boolean;
}

/**
 * Holds that made two or more wait at once, by the waiting they caused: what was waited for the same lock instance
 * during the certain part of the hold. A reader that kept a writer waiting answers for the readers behind that writer;
 * the writer that woke them answers for its own hold only. `total` counts those beyond the costliest 200.
 */
export function findConvoys(input: Input): { readonly convoys: Convoy[]; readonly total: number } {
  const { durationNs, waits, holds } = input;
  const woken = new WokenRows(waits, holds.count);
  const turns = new WriterTurns(waits, holds, woken);
  const open = openEpisodes(waits);
  const causes = Array.from({ length: holds.count }, (_, hold): Cause => {
    const writer = holds.mode[hold] === holdMode.read ? woken.first(hold) : -1;
    const turn = writer < 0 ? undefined : turns.of(writer);
    return { writer, turn, episodes: episodesOf(hold, input, woken, turn, open) };
  });
  const queues = new EpisodeQueues(
    waits,
    durationNs,
    causes.map(({ episodes }) => episodes),
  );
  const found: Cost[] = [];
  for (const [hold, cause] of causes.entries()) {
    const end = holds.endNs[hold] ?? Number.NaN;
    const endNs = Number.isNaN(end) ? durationNs : end;
    const atNs = holds.certainNs[hold] ?? 0;
    const { waitNs, victims } = queues.within(cause.episodes, atNs, endNs);
    if (victims >= 2 && waitNs > 0) found.push({ hold, cause, atNs, endNs, waitNs, victims });
  }
  found.sort((a, b) => b.waitNs - a.waitNs || a.atNs - b.atNs);
  return { convoys: found.slice(0, mostConvoys).map((cost) => convoyOf(cost, input, woken)), total: found.length };
}

/** The writer that a reader's release woke, -1 for none, and whose waits a hold answers for. */
interface Cause {
  readonly writer: number;
  readonly turn: WriterTurn | undefined;
  readonly episodes: readonly number[];
}

interface Cost {
  readonly hold: number;
  readonly cause: Cause;
  readonly atNs: number;
  readonly endNs: number;
  readonly waitNs: number;
  readonly victims: number;
}

function convoyOf({ hold, cause, atNs, endNs, waitNs, victims }: Cost, input: Input, woken: WokenRows): Convoy {
  const { waits, holds, doing } = input;
  const { writer, turn } = cause;
  const mode = holds.mode[hold] ?? holdMode.other;
  const readers = turn === undefined ? [] : woken.of(turn.hold).filter((row) => input.reads(waits.site[row] ?? 0));
  const site = waits.site[writer] ?? 0;
  const goroutine = waits.goroutine[writer] ?? 0;
  return {
    lock: holds.lock[hold] ?? 0,
    atNs,
    durationNs: endNs - atNs,
    kind: kinds[mode] ?? 'long holder',
    culprit: { site: holds.site[hold] ?? 0, goroutine: holds.goroutine[hold] ?? 0, stack: holds.stack[hold] ?? 0 },
    writer: writer < 0 ? null : { site, goroutine },
    victims,
    waitNs,
    ...(mode === holdMode.read
      ? splitOf(waits, readers, atNs, endNs, turn)
      : { pendingNs: 0, grantDelayNs: 0, heldNs: waitNs }),
    doing: doing[hold] ?? nothingDone(),
  };
}

/**
 * Episodes whose waits a hold made wait: of whom its release woke, and of whom the writer that it woke lets go in turn.
 * A hold without an end answers for all that nobody woke.
 */
function episodesOf(
  hold: number,
  { waits, holds }: Input,
  woken: WokenRows,
  turn: WriterTurn | undefined,
  open: ReadonlyMap<number, ReadonlySet<number>>,
): readonly number[] {
  const first = woken.first(hold);
  // All that a released hold woke may have been woken again by another: then that one answers.
  if (first < 0) return Number.isNaN(holds.endNs[hold]) ? [...(open.get(holds.lock[hold] ?? 0) ?? [])] : [];
  const episode = waits.episode[first] ?? 0;
  const behind = turn === undefined ? episode : (waits.episode[woken.first(turn.hold)] ?? 0);
  return behind === episode ? [episode] : [episode, behind];
}

/** What readers waited while the lock was only read, while the writer was granted but did not run, while it worked. */
function splitOf(
  waits: Waits,
  readers: readonly number[],
  fromNs: number,
  toNs: number,
  turn: WriterTurn | undefined,
): Pick<Convoy, 'pendingNs' | 'grantDelayNs' | 'heldNs'> {
  const within = (start: number, end: number) =>
    readers.reduce((sum, row) => {
      const from = Math.max(waits.beginNs[row] ?? 0, start);
      return sum + Math.max(Math.min(waits.grantedNs[row] ?? 0, end) - from, 0);
    }, 0);
  if (turn === undefined) return { pendingNs: 0, grantDelayNs: 0, heldNs: 0 };
  return {
    pendingNs: within(fromNs, toNs),
    grantDelayNs: within(turn.grantedNs, turn.runsNs),
    heldNs: within(turn.runsNs, turn.endNs),
  };
}

/** Episodes of the waits that nobody ended, by lock. */
function openEpisodes(waits: Waits): Map<number, Set<number>> {
  const open = new Map<number, Set<number>>();
  for (let row = 0; row < waits.count; row += 1) {
    if (!Number.isNaN(waits.grantedNs[row])) continue;
    const lock = waits.lock[row] ?? 0;
    open.set(lock, (open.get(lock) ?? new Set<number>()).add(waits.episode[row] ?? 0));
  }
  return open;
}
