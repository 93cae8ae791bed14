import type { Trace } from '@/lib/gotrace/trace';
import { Uint32List } from '@/lib/profile/growable';
import { findConvoys } from './convoys';
import { Activity } from './doing';
import { gcShare } from './gc-share';
import { findHolds } from './holds';
import { groupLocks, type LockGroup } from './lock-groups';
import type { LockTrace, Waits } from './lock-trace';
import { traceNotes } from './notes';
import { scanWaits } from './scan-waits';
import { SiteNumbers } from './site-numbers';
import { StackClasses } from './stack-classes';
import { renumber, tracedLocks } from './traced-locks';
import { waitColumns } from './wait-columns';

/** Raised when the same trace would give another result: kept analyses are then made again. */
export const analysisVersion = 3;

/**
 * What a trace tells of its locks: waits, holds, convoys, percentiles, the collector's share. `wrappers` are functions
 * to look through when finding a site (lib/contention/site.ts). O(transitions + waits log waits).
 */
export function analyseLocks(trace: Trace, options: { readonly wrappers?: readonly string[] } = {}): LockTrace {
  const { durationNs, symbols } = trace;
  const classes = new StackClasses(symbols, options.wrappers);
  const numbers = new SiteNumbers();
  const scan = scanWaits(trace, classes);
  const { groups, ofAttempt } = groupLocks(scan, symbols.strings, durationNs);
  const waits = waitColumns(scan, ofAttempt, numbers);
  const lockRows = rowsOfLocks(waits, groups);
  const activity = new Activity(trace, classes);
  const { holds, doing, holders } = findHolds({ trace, scan, waits, lockRows, locks: groups, numbers, activity });
  const { locks, numberOf } = tracedLocks(groups, waits, durationNs, holders);
  renumber(waits, numberOf);
  renumber(holds, numberOf);
  const { convoys, total } = findConvoys({
    durationNs,
    waits,
    holds,
    doing,
    reads: (site) => numbers.kind(site) === 'RWMutex.RLock',
  });
  return {
    locks,
    sites: numbers.sites(),
    waits,
    holds,
    convoys,
    convoysLeftOut: total - convoys.length,
    gc: gcShare(trace, waits, lockRows, doing),
    notes: traceNotes(trace, { locks, waits, convoysLeftOut: total - convoys.length }),
  };
}

/** Rows of waits for locks: often few beside those for channels. */
function rowsOfLocks(waits: Waits, groups: readonly LockGroup[]): Uint32Array {
  const isLock = Uint8Array.from(groups, (group) => Number(group.isLock));
  const rows = new Uint32List();
  for (let row = 0; row < waits.count; row += 1) if (isLock[waits.lock[row] ?? 0] === 1) rows.push(row);
  return rows.view();
}
