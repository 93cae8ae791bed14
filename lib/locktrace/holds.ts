import type { Trace } from '@/lib/gotrace/trace';
import type { Activity } from './doing';
import { holdColumns } from './hold-columns';
import { HoldStarts } from './hold-starts';
import { acquisitionNs, gapsOf, holdTimeline } from './hold-timeline';
import { type Hold, holdersOf } from './holders';
import { type Doing, type Holds, holdMode, holdStart, type TracedHolder, type Waits } from './lock-trace';
import type { Scan } from './scan-waits';
import type { SiteNumbers } from './site-numbers';

interface Input {
  readonly trace: Trace;
  /** Its bursts tell rows of `waits`. */
  readonly scan: Scan;
  readonly waits: Waits;
  /** Rows of `waits` that wait for locks. */
  readonly lockRows: Uint32Array;
  /** One for each lock. */
  readonly locks: readonly unknown[];
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
 * ended with the trace is there too, with no end, when its holder is known and someone still waited. O(lock waits log
 * lock waits).
 */
export function findHolds(input: Input): {
  readonly holds: Holds;
  readonly doing: readonly Doing[];
  readonly holders: readonly (readonly TracedHolder[])[];
} {
  const { trace, waits, activity } = input;
  const found = walk(input);
  for (const [number, hold] of found.entries())
    for (const row of hold.woken) if (waits.by[row] === hold.goroutine) waits.hold[row] = number;
  for (let row = 0; row < waits.count; row += 1) {
    const number = waits.hold[row] ?? -1;
    const hold = number === -1 ? undefined : found[number];
    if (hold !== undefined) hold.waitReleasedNs += Math.max((waits.grantedNs[row] ?? 0) - (waits.beginNs[row] ?? 0), 0);
  }
  const doing = found.map(({ goroutine, certainNs, endNs, lastRow }) =>
    activity.between(goroutine, certainNs, Number.isNaN(endNs) ? trace.durationNs : endNs, lastRow),
  );
  return { holds: holdColumns(found), doing, holders: holdersOf(found, doing, input) };
}

/** Acquisitions and releases in order of time. */
function walk({ trace, scan, waits, lockRows, locks, numbers }: Input): Hold[] {
  const { bursts, classes } = scan;
  const woken = bursts.wokenBy();
  const starts = locks.map(() => new HoldStarts());
  const gaps = gapsOf(trace);
  const found: Hold[] = [];
  for (const step of holdTimeline(waits, lockRows, bursts)) {
    const burst = step - waits.count;
    const atNs = burst < 0 ? acquisitionNs(waits, step) : bursts.atNs.at(burst);
    while (gaps[0] !== undefined && gaps[0].fromNs < atNs) {
      for (const lock of starts) lock.forget(gaps[0].toNs);
      gaps.shift();
    }
    if (burst < 0) {
      const exclusive = numbers.kind(waits.site[step] ?? 0) !== 'RWMutex.RLock';
      const goroutine = waits.goroutine[step] ?? 0;
      starts[waits.lock[step] ?? 0]?.acquire(goroutine, step, atNs, waits.episode[step] ?? 0, exclusive);
      continue;
    }
    const rows = woken[burst] ?? [];
    const first = rows[0];
    const release = classes.all[bursts.classOf.at(burst)];
    if (first === undefined || release === undefined) continue;
    const lock = waits.lock[first] ?? 0;
    const mode = modes[release.kind] ?? holdMode.other;
    const goroutine = bursts.goroutine.at(burst);
    const victimNs = firstVictimNs(waits, rows, mode);
    const begun = starts[lock]?.release(goroutine, mode, atNs, victimNs, waits.episode[first] ?? 0);
    if (begun === undefined) continue;
    const site = numbers.number(release.site);
    const stack = bursts.stack.at(burst);
    const { start, startNs, certainNs } = begun;
    const held = { start, startNs, certainNs, endNs: atNs, lastRow: bursts.ownRow.at(burst) };
    found.push({ lock, site, goroutine, stack, mode, ...held, woken: rows, waitReleasedNs: 0 });
  }
  return [...found, ...unreleased(trace, starts, waits, numbers)];
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

function unreleased(trace: Trace, starts: readonly HoldStarts[], waits: Waits, numbers: SiteNumbers): Hold[] {
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
    const lastRow = trace.goroutines.lastRow[goroutine] ?? -1;
    const held = { start: holdStart.exact, startNs: atNs, certainNs: atNs, endNs: Number.NaN, lastRow };
    return [{ lock, site, goroutine, stack, mode, ...held, woken: [], waitReleasedNs: 0 }];
  });
}

function modeOfWait(kind: string): number {
  if (kind === 'Mutex.Lock') return holdMode.mutex;
  return kind.startsWith('RWMutex.Lock') ? holdMode.write : holdMode.other;
}
