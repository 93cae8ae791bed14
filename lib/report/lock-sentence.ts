import { isLockFamily } from '@/lib/contention/family';
import type { LockEntry, Site } from '@/lib/contention/lock';
import { bareName } from '@/lib/profile/function-name';
import type { Caller, LockDetail, Stalls } from '@/lib/query/result';
import { formatTime } from '@/lib/time-format';
import { formatCount, formatDuration, formatPlural, formatWaiting } from '@/lib/units-format';
import { alarm, code, type Part, plainText, type Sentence, strong } from './sentence';

/**
 * What the lock page says first: who waits, because of whom, for how long, how often.
 * A holder is named as a cause only when the link is Exact or Strong; Inferred says "probably".
 */
export function lockSentence(detail: Pick<LockDetail, 'entry' | 'stalls'>): Sentence {
  const { entry, stalls } = detail;
  const waiter = entry.lock.waiters[0]?.site;
  const holder = entry.lock.holders[0]?.site;
  if (waiter === undefined) return holderOnly(entry, holder);
  const often = rhythm(stalls);
  if (!isLockFamily(entry.lock.family)) {
    return [
      ...crowd(entry),
      ' in ',
      code(bareName(waiter.function)),
      ` (${waiter.kind})`,
      often,
      '. This is not a lock.',
    ];
  }
  if (holder === undefined || entry.lock.link === 'Unlinked') {
    return [...crowd(entry), ' in ', code(bareName(waiter.function)), often, '; who holds the lock is not known.'];
  }
  const perhaps = entry.lock.link === 'Inferred' ? 'probably ' : '';
  return [...blame(entry, waiter, holder, perhaps), often, '.'];
}

function blame(entry: LockEntry, waiter: Site, holder: Site, perhaps: string): Part[] {
  const waits = code(bareName(waiter.function));
  const holds = code(bareName(holder.function));
  const hold = holdText(entry);
  const during: Part[] = hold === undefined ? [] : [' for ', alarm(hold)];
  switch (entry.lock.pattern) {
    case 'R1':
      return ['Readers in ', waits, ` ${perhaps}wait because `, holds, ' holds the write lock', ...during];
    case 'R3':
      return [
        'Readers in ',
        waits,
        ` ${perhaps}wait behind a waiting writer, because `,
        holds,
        ' holds the read lock',
        ...during,
      ];
    default:
      if (waiter.function === holder.function) {
        return [...crowd(entry), ' in ', waits, ', which ', perhaps, 'holds the lock itself', ...during];
      }
      return [...crowd(entry), ' in ', waits, ` ${perhaps}because `, holds, ' holds the lock', ...during];
  }
}

/** "Up to 28.8 goroutines wait"; without a window the goroutine-seconds waited. */
export function crowd(entry: LockEntry): Part[] {
  const { waiting, delaySeconds } = entry.lock;
  if (waiting.max !== null) return ['Up to ', alarm(`${formatWaiting(waiting.max)} goroutines`), ' wait'];
  if (delaySeconds !== null) return ['Goroutines waited ', alarm(formatDuration(delaySeconds)), ' in total'];
  return ['Goroutines wait'];
}

function holderOnly(entry: LockEntry, holder: Site | undefined): Sentence {
  if (holder === undefined) return ['No wait at ', code(entry.lock.name), ' was recorded.'];
  return [
    'Unlocks in ',
    code(bareName(holder.function)),
    ' let waiting goroutines go; who waited is in no block profile of this range.',
  ];
}

/** Estimated hold as text, `≈ 731 ms` or `≈ 365 ms to 731 ms`; undefined when no formula fits. */
export function holdText(entry: LockEntry): string | undefined {
  const hold = entry.holdSeconds;
  if (hold === undefined) return undefined;
  const low = formatDuration(hold.low);
  const high = formatDuration(hold.high);
  return low === high ? `≈ ${low}` : `≈ ${low} to ${high}`;
}

/** ", every 30 s" for a regular stall, else "". */
export function rhythm(stalls: Stalls | undefined): string {
  return stalls?.everySeconds === undefined ? '' : `, every ${formatDuration(stalls.everySeconds)}`;
}

const patterns: Readonly<Record<string, { readonly name: string; readonly why: string }>> = {
  R1: { name: 'long writer starves readers', why: 'A long writer blocks all readers.' },
  R3: {
    name: 'slow reader blocks writer, writer blocks readers',
    why: 'In Go a waiting writer blocks new readers, so one slow reader stops them all.',
  },
};

/** Words for a rule id, `long writer starves readers`; undefined when nothing was recognised. */
export function patternName(pattern: string | null): string | undefined {
  return pattern === null ? undefined : patterns[pattern]?.name;
}

/** The line below the sentence: the mechanism, since which build, on which pods. */
export function lockBecause(detail: Pick<LockDetail, 'entry' | 'stalls' | 'builds' | 'coverage'>): Sentence {
  const { entry, stalls, builds, coverage } = detail;
  const parts: Part[] = [];
  const why = entry.lock.pattern === null ? undefined : patterns[entry.lock.pattern]?.why;
  if (why !== undefined) parts.push(why, ' ');
  const worst = builds.toSorted((a, b) => b.max - a.max);
  const [first, second] = worst;
  if (first !== undefined && second !== undefined && first.max > 2 * second.max) {
    parts.push('Worst in build ', strong(first.build), ` (since ${formatTime(first.first)} UTC). `);
  }
  if (stalls.count > 0) {
    parts.push(`${formatPlural(stalls.count, 'stall')} ${podsText(stalls, coverage.pods.length)}. `);
  }
  const { contentions, meanWaitSeconds } = entry.lock;
  if (contentions !== null && meanWaitSeconds !== null) {
    parts.push(`${formatCount(contentions)} waits of ${formatDuration(meanWaitSeconds)} on average.`);
  }
  return plainText(parts) === '' ? ['Nothing more is known in this range.'] : parts;
}

/** "on all 8 pods, at the same time"; "on 3 of 8 pods, out of phase". */
export function podsText(stalls: Stalls, pods: number): string {
  const where =
    stalls.pods === pods
      ? pods === 1
        ? 'on the only pod'
        : `on all ${pods} pods`
      : `on ${stalls.pods} of ${pods} pods`;
  if (stalls.pods < 2) return where;
  return `${where}, ${stalls.inPhase ? 'at the same time' : 'out of phase'}`;
}

/** When the next stall is due: the last start plus whole periods, at most three of them; undefined when not regular. */
export function nextStall(stalls: Stalls | undefined, now: number): number | undefined {
  const last = stalls?.starts.at(-1);
  if (last === undefined || stalls?.everySeconds === undefined) return undefined;
  const periodMs = stalls.everySeconds * 1000;
  const periods = Math.max(1, Math.ceil((now - last) / periodMs));
  return periods > 3 ? undefined : last + periods * periodMs;
}

/** Callers with the calls of one function on several lines added up, by share falling. */
export function callersByFunction(callers: readonly Caller[]): { readonly name: string; readonly share: number }[] {
  const shares = new Map<string, number>();
  for (const caller of callers) shares.set(caller.function, (shares.get(caller.function) ?? 0) + caller.share);
  return [...shares].map(([name, share]) => ({ name, share })).sort((a, b) => b.share - a.share);
}
