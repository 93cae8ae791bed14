import type { Trace } from '@/lib/gotrace/trace';
import { findConvoys } from './convoys';
import { Activity } from './doing';
import { gcShare } from './gc-share';
import { findHolds } from './holds';
import { groupLocks } from './lock-groups';
import type { LockTrace } from './lock-trace';
import { traceNotes } from './notes';
import { scanWaits } from './scan-waits';
import { StackClasses } from './stack-classes';
import { renumber, tracedLocks } from './traced-locks';
import { SiteNumbers, waitColumns, waitedNs } from './wait-columns';

/** Raised when the same trace would give another result: kept analyses are then made again. */
export const analysisVersion = 2;

/**
 * What a trace tells of its locks: waits, holds, convoys, percentiles, the collector's share. `wrappers` are functions
 * to look through when finding a site (lib/contention/site.ts). O(transitions + waits log waits).
 */
export function analyseLocks(trace: Trace, options: { readonly wrappers?: readonly string[] } = {}): LockTrace {
  const { durationNs } = trace;
  const classes = new StackClasses(trace.symbols, options.wrappers);
  const numbers = new SiteNumbers();
  const { groups, waits, rowOf, bursts } = findWaits(trace, classes, numbers);
  const activity = new Activity(trace, classes);
  const { holds, doing, holders } = findHolds({ trace, bursts, waits, rowOf, locks: groups, numbers, activity });
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
    gc: gcShare(trace, locks, waits, doing),
    notes: traceNotes(trace, { locks, waits, convoysLeftOut: total - convoys.length }),
  };
}

/** Waits as columns; what the scan kept of them beside ends here, it is as large as they are. */
function findWaits(trace: Trace, classes: StackClasses, numbers: SiteNumbers) {
  const scan = scanWaits(trace, classes);
  const { groups, ofAttempt } = groupLocks(scan, waitedNs(scan, trace.durationNs), trace.symbols.strings);
  return { groups, ...waitColumns(scan, ofAttempt, numbers), bursts: scan.bursts };
}
