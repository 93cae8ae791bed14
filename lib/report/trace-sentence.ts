import { bareName } from '@/lib/profile/function-name';
import type { LaneState, TraceHeadline } from '@/lib/query/trace/result';
import { formatCount, formatDuration, formatPlural, formatShare } from '@/lib/units-format';
import { alarm, code, type Part, type Sentence } from './sentence';

/**
 * What a trace's page says first: who held which lock for how long, and who waited. Lengths that the trace only bounds
 * are "≥", unknown ones are said to be unknown.
 */
export function traceSentence(headline: TraceHeadline | undefined): Sentence {
  if (headline === undefined) return ['No goroutine waited for a lock in this trace.'];
  if (headline.goroutine === undefined) return unknownHolder(headline);
  const holds: Part[] = [code(`G${headline.goroutine}`), ` held ${lockWords[headline.mode]}`, ...howLong(headline)];
  if (headline.kind === 'slow reader') return [...holds, ...behindReader(headline)];
  if (!headline.released)
    return [...holds, ' and had not let go when the trace ended; ', alarm(crowd(headline)), ' queued.'];
  return [...holds, '; ', alarm(crowd(headline)), ...wake(headline)];
}

/** The line below: what the holder did meanwhile, and where the waiters met again. */
export function traceBecause(headline: TraceHeadline | undefined): Sentence {
  if (headline === undefined) return [];
  const parts: Part[] = [];
  if (headline.holder === undefined) parts.push('Nothing in the trace shows who held ', code(headline.lockName), '.');
  else parts.push(...holderDid(headline));
  const { followed } = headline;
  if (followed !== undefined) {
    parts.push(` After the release ${formatCount(followed.goroutines)} of the ${headline.waiting} met again at `);
    parts.push(code(followed.lockName), `, which took another ${duration(followed.drainNs)} to drain.`);
  }
  return parts;
}

const lockWords = { write: 'the write lock', read: 'a read lock', mutex: 'the mutex', other: 'the lock' } as const;

/** What a goroutine did most of the time, in the past tense. */
export const stateVerbs: Readonly<Record<LaneState, string>> = {
  running: 'ran',
  runnable: 'waited for a processor',
  syscall: 'was in a system call',
  lock: 'waited for another lock',
  channel: 'waited for a channel',
  network: 'waited for the network',
  sleep: 'slept',
  gc: 'worked for the garbage collector',
  other: 'waited',
};

function howLong({ holdNs, start }: TraceHeadline): Part[] {
  if (holdNs === undefined) return [' (since when is not in the trace)'];
  return [' for ', alarm(start === 'exact' ? duration(holdNs) : `≥ ${duration(holdNs)}`)];
}

function crowd({ victims, waiting }: TraceHeadline): string {
  return formatPlural(victims, waiting.slice(0, -1), waiting);
}

function wake({ victims, woke, wokenWithinNs }: TraceHeadline): Part[] {
  if (victims === 1) return [' waited for it.'];
  if (wokenWithinNs === undefined || woke === 0) return [' queued.'];
  const within = wokenWithinNs === 0 ? 'at the release' : `within ${duration(wokenWithinNs)} of the release`;
  if (woke >= victims) return [` queued and all woke ${within}.`];
  return [` queued, ${formatCount(woke)} of them woke ${within}.`];
}

/** In Go a waiting writer keeps new readers out: one slow reader stops them all. */
function behindReader({ victims, released }: TraceHeadline): Part[] {
  const ends = released ? '' : ' to the end of the trace';
  if (victims <= 1) return [` while a writer waited for it${ends}.`];
  return [
    ` while a writer waited for it${ends}; `,
    alarm(formatCount(victims - 1)),
    ' more queued behind that writer.',
  ];
}

function unknownHolder({ victims, waiting, waiter, longestWaitNs }: TraceHeadline): Sentence {
  const where: Part[] = waiter === '' ? [] : [' in ', code(bareName(waiter))];
  const longest = duration(longestWaitNs);
  const who = alarm(formatPlural(victims, waiting.slice(0, -1), waiting));
  return ['Up to ', who, ' waited at once', ...where, `, the longest for ${longest}; who held the lock is not known.`];
}

function holderDid({ holder = '', lockName, most, start }: TraceHeadline): Part[] {
  const where: Part[] = ['In ', code(bareName(holder)), ' (', code(lockName), ')'];
  if (most === undefined) return [...where, ' what it did while holding is not in the trace.'];
  const hold = start === 'exact' ? 'the hold' : 'the part of the hold that is certain';
  const did: Part[] = [...where, ` it ${stateVerbs[most.state]} in ${formatShare(most.share)} of ${hold}`];
  if (most.function === '' || most.function === holder) return [...did, '.'];
  const part = most.functionShare < most.share * 0.995 ? ', longest in ' : ', in ';
  return [...did, part, code(bareName(most.function)), '.'];
}

function duration(ns: number): string {
  return formatDuration(ns / 1e9);
}
