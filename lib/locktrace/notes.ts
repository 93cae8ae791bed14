import type { Trace } from '@/lib/gotrace/trace';
import { formatDuration } from '@/lib/units-format';
import type { LockTrace } from './lock-trace';

/** What a reader of the numbers has to know. */
export function traceNotes(
  trace: Trace,
  found: Pick<LockTrace, 'locks' | 'waits'> & { readonly convoysLeftOut: number },
): LockTrace['notes'] {
  const notes: { code: string; message: string }[] = [];
  const note = (code: string, message: string) => notes.push({ code, message });
  const locks = found.locks.filter((lock) => lock.isLock);
  if (locks.length > 0) {
    note(
      'trace.identity',
      'A trace has no lock addresses: a lock here is a receiver type or function, joined along wake-ups; several instances of one type count as one.',
    );
    note(
      'trace.contended-only',
      'Acquisitions that did not have to wait, and waits that ended while spinning, leave no trace.',
    );
  }
  const censored = locks.reduce((sum, lock) => sum + lock.percentiles.censored, 0);
  if (censored > 0)
    note(
      'trace.censored',
      `${censored} waits began before the trace or had not ended with it: they are in no percentile, and their lengths are lower bounds.`,
    );
  if (found.convoysLeftOut > 0) note('trace.convoys', `${found.convoysLeftOut} cheaper convoys are not listed.`);
  if (trace.clock.startUnixMs === undefined)
    note(
      'trace.no-wall-clock',
      'Traces of Go 1.24 and older hold no wall clock: times are relative to the start of the trace.',
    );
  if (trace.backwards !== undefined && trace.backwards.intervals > 0)
    note(
      'trace.skew',
      `${trace.backwards.intervals} intervals end before they begin, by ${formatDuration(trace.backwards.largestNs / 1e9)} at most, for the clocks of processors differ: they count as 0, and times are no more exact than that.`,
    );
  if (trace.lost.length > 0)
    note(
      'trace.lost',
      `${trace.lost.length} parts of the file could not be read: what goroutines did in them is unknown.`,
    );
  return notes;
}
