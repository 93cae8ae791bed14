import type { Trace } from '@/lib/gotrace/trace';
import type { Activity } from './doing';
import { HoldStarts } from './hold-starts';
import { type Hold, holdersOf } from './holders';
import { type Doing, type Holds, holdMode, holdStart, type TracedHolder, type Waits, waitFlag } from './lock-trace';
import type { Scan } from './scan-waits';
import type { SiteNumbers } from './wait-columns';

interface Input {
  readonly trace: Trace;
  readonly bursts: Scan['bursts'];
  readonly waits: Waits;
  /** Row in `waits` of each attempt of the scan. */
  readonly rowOf: Uint32Array;
  readonly locks: readonly { readonly isLock: boolean }[];
  readonly numbers: SiteNumbers;
  readonly activity: Activity;
}

const modes: Readonly<Record<string, (typeof holdMode)[keyof typeof holdMode]>> = {
  'Mutex.Unlock': holdMode.mutex,
  'RWMutex.Unlock': holdMode.write,
  'RWMutex.Unlock (next writer)': holdMode.write,
  'RWMutex.RUnlock': holdMode.read,
};

/**
 * The holds that someone waited for, by end, and each lock's release sites. `waits.hold` is filled. A hold that had not
 * ended with the trace is there too, with no end, when its holder is known and someone still waited. O(waits log waits).
 */
export function findHolds(input: Input): {
  readonly holds: Holds;
  readonly doing: readonly Doing[];
  readonly holders: readonly (readonly TracedHolder[])[];
} {
  const found = walk(input);
  const { trace, waits, activity } = input;
  for (const [number, hold] of found.entries()) for (const row of hold.woken) waits.hold[row] = number;
  for (let row = 0; row < waits.count; row += 1) {
    const number = waits.hold[row] ?? -1;
    const hold = number < 0 ? undefined : found[number];
    if (hold !== undefined) hold.waitReleasedNs += Math.max((waits.grantedNs[row] ?? 0) - (waits.beginNs[row] ?? 0), 0);
  }
  const doing = found.map((hold) => {
    const endNs = Number.isNaN(hold.endNs) ? trace.durationNs : hold.endNs;
    return activity.between(hold.goroutine, hold.certainNs, endNs);
  });
  return { holds: columns(found), doing, holders: holdersOf(found, doing, input) };
}

/** Acquisitions and releases in order of time. */
function walk({ trace, bursts, waits, rowOf, locks, numbers }: Input): Hold[] {
  const woken = bursts.wokenBy();
  const starts = locks.map(() => new HoldStarts());
  const steps = timeline(waits, locks, bursts.startNs);
  const gaps = gapsOf(trace);
  const found: Hold[] = [];
  for (const step of steps) {
    while (gaps[0] !== undefined && gaps[0].fromNs < stepNs(step, waits, bursts.startNs)) {
      for (const lock of starts) lock.forget(gaps[0].toNs);
      gaps.shift();
    }
    if (step < waits.count) {
      const goroutine = waits.goroutine[step] ?? 0;
      const shared = numbers.kind(waits.site[step] ?? 0) === 'RWMutex.RLock';
      starts[waits.lock[step] ?? 0]?.acquire(
        goroutine,
        step,
        acquisitionNs(waits, step),
        waits.episode[step] ?? 0,
        !shared,
      );
      continue;
    }
    const burst = step - waits.count;
    const rows = (woken[burst] ?? []).map((attempt) => rowOf[attempt] ?? 0);
    const first = rows[0];
    const release = bursts.classes[burst];
    if (first === undefined || release === undefined) continue;
    const lock = waits.lock[first] ?? 0;
    const mode = modes[release.kind] ?? holdMode.other;
    const endNs = bursts.startNs.at(burst);
    const victimNs = firstVictimNs(waits, rows, mode);
    const goroutine = bursts.goroutine.at(burst);
    const begun = starts[lock]?.release(goroutine, mode, endNs, victimNs, waits.episode[first] ?? 0);
    if (begun === undefined) continue;
    const { start, startNs, certainNs } = begun;
    const site = numbers.number(release.site);
    found.push({
      lock,
      site,
      goroutine,
      stack: bursts.stack.at(burst),
      mode,
      start,
      startNs,
      certainNs,
      endNs,
      woken: rows,
      waitReleasedNs: 0,
    });
  }
  return [...found, ...unreleased(starts, waits, numbers)];
}

/**
 * Rows of `waits` at their acquisition, of locks only, and `waits.count + burst` at a release, by time; a release first:
 * it hands over.
 */
function timeline(
  waits: Waits,
  locks: Input['locks'],
  releases: { readonly length: number; at(index: number): number },
): Uint32Array {
  const acquired: number[] = [];
  for (let row = 0; row < waits.count; row += 1) {
    if (locks[waits.lock[row] ?? 0]?.isLock === true && !Number.isNaN(waits.acquiredNs[row])) acquired.push(row);
  }
  const steps = new Uint32Array(acquired.length + releases.length);
  steps.set(acquired);
  for (let burst = 0; burst < releases.length; burst += 1) steps[acquired.length + burst] = waits.count + burst;
  const timeOf = (step: number) => stepNs(step, waits, releases);
  const later = (step: number) => Number(step < waits.count);
  return steps.sort((a, b) => timeOf(a) - timeOf(b) || later(a) - later(b) || a - b);
}

function stepNs(step: number, waits: Waits, releases: { at(index: number): number }): number {
  return step < waits.count ? acquisitionNs(waits, step) : releases.at(step - waits.count);
}

/** Where generations are missing. */
function gapsOf({ generations }: Trace): { readonly fromNs: number; readonly toNs: number }[] {
  return generations.flatMap((next, index) => {
    const before = generations[index - 1];
    if (before === undefined || next.number === before.number + 1) return [];
    return [{ fromNs: before.endNs, toNs: next.startNs }];
  });
}

/** A handed-over mutex is owned from the wake-up on, any other lock from when its goroutine runs. */
function acquisitionNs(waits: Waits, row: number): number {
  // A writer that drained after it was handed the writers' mutex was woken by a reader.
  const handed = ((waits.flags[row] ?? 0) & waitFlag.handoff) !== 0 && Number.isNaN(waits.drainEndNs[row]);
  return (handed ? waits.grantedNs[row] : waits.acquiredNs[row]) ?? 0;
}

/** When the first of the woken began to wait; for a draining writer, when it began to drain. */
function firstVictimNs(waits: Waits, rows: readonly number[], mode: number): number {
  let first = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const drain = waits.drainBeginNs[row] ?? Number.NaN;
    const begin = mode === holdMode.read && !Number.isNaN(drain) ? drain : (waits.beginNs[row] ?? 0);
    first = Math.min(first, begin);
  }
  return first;
}

function unreleased(starts: readonly HoldStarts[], waits: Waits, numbers: SiteNumbers): Hold[] {
  /** When the first of those began that still wait for a lock. */
  const waited = new Map<number, number>();
  for (let row = waits.count - 1; row >= 0; row -= 1)
    if (Number.isNaN(waits.grantedNs[row])) waited.set(waits.lock[row] ?? 0, waits.beginNs[row] ?? 0);
  return [...waited].flatMap(([lock, sinceNs]) => {
    const holder = starts[lock]?.holder();
    // Had it let go since, it would have woken who queued all the while; of who came later nothing is known.
    if (holder === undefined || sinceNs > holder.atNs) return [];
    const { goroutine, wait, atNs } = holder;
    const site = waits.site[wait] ?? 0;
    const mode = modeOfWait(numbers.kind(site));
    const stack = waits.stack[wait] ?? 0;
    return [
      {
        lock,
        site,
        goroutine,
        stack,
        mode,
        start: holdStart.exact,
        startNs: atNs,
        certainNs: atNs,
        endNs: Number.NaN,
        woken: [],
        waitReleasedNs: 0,
      },
    ];
  });
}

function modeOfWait(kind: string): number {
  if (kind === 'Mutex.Lock') return holdMode.mutex;
  return kind.startsWith('RWMutex.Lock') ? holdMode.write : holdMode.other;
}

function columns(holds: readonly Hold[]): Holds {
  return {
    count: holds.length,
    lock: Uint32Array.from(holds, (hold) => hold.lock),
    site: Uint32Array.from(holds, (hold) => hold.site),
    goroutine: Uint32Array.from(holds, (hold) => hold.goroutine),
    stack: Uint32Array.from(holds, (hold) => hold.stack),
    mode: Uint8Array.from(holds, (hold) => hold.mode),
    start: Uint8Array.from(holds, (hold) => hold.start),
    startNs: Float64Array.from(holds, (hold) => hold.startNs),
    certainNs: Float64Array.from(holds, (hold) => hold.certainNs),
    endNs: Float64Array.from(holds, (hold) => hold.endNs),
    woke: Uint32Array.from(holds, (hold) => hold.woken.length),
    waitReleasedNs: Float64Array.from(holds, (hold) => hold.waitReleasedNs),
  };
}
