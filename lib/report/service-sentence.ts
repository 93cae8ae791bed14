import type { LockEntry } from '@/lib/contention/lock';
import { bareName } from '@/lib/profile/function-name';
import type { LocksResult, Overview, ServiceSummary } from '@/lib/query/result';
import { formatAge, formatTime } from '@/lib/time-format';
import { formatDuration, formatPlural, formatShare, formatWaiting } from '@/lib/units-format';
import { podsText, rhythm } from './lock-sentence';
import { alarm, code, type Part, type Sentence, strong } from './sentence';

/** One service in one sentence for the overview: trouble, quiet, not profiled, or silent. */
export function serviceSentence(summary: ServiceSummary): Sentence {
  const { service, worst, worstStalls, pods } = summary;
  switch (summary.state) {
    case 'silent':
      return [strong(service), ': no profile arrived in this range.'];
    case 'off':
      return [strong(service), ': neither block nor mutex profiles arrive; profiling of locks is off.'];
    case 'quiet':
      return [strong(service), `: no stall on ${formatPlural(pods, 'pod')}.`];
    case 'trouble':
      return [strong(service), ': ', ...troubleParts(worst, summary.max), ...whenAndWhere(worstStalls, pods), '.'];
  }
}

function troubleParts(worst: LockEntry | undefined, max: number | null): Part[] {
  const most = worst?.lock.waiting.max ?? max;
  const crowd: Part[] = ['up to ', alarm(`${formatWaiting(most)} goroutines wait`)];
  return worst === undefined ? [...crowd, ' at locks'] : [...crowd, ' on ', code(worst.lock.name)];
}

function whenAndWhere(stalls: ServiceSummary['worstStalls'], pods: number): Part[] {
  return stalls === undefined ? [] : [`${rhythm(stalls)}, ${podsText(stalls, pods)}`];
}

/** Below the trouble sentence: since which build, who waits for whom, how long; [] when nothing is known. */
export function serviceBecause(summary: ServiceSummary): Sentence {
  const lock = summary.worst?.lock;
  if (lock === undefined) return [];
  const parts: Part[] = [];
  const newest = summary.builds.at(-1);
  if (newest !== undefined && summary.builds.length > 1) {
    parts.push('Newest build ', strong(newest.build), ` since ${formatTime(newest.first)} UTC. `);
  }
  const waiter = lock.waiters[0];
  const holder = lock.holders[0];
  if (waiter !== undefined && holder !== undefined && lock.link !== 'Unlinked') {
    const perhaps = lock.link === 'Inferred' ? 'probably ' : '';
    parts.push(strong(bareName(waiter.site.function)), ` waits ${perhaps}for `, strong(bareName(holder.site.function)));
    parts.push(lock.meanWaitSeconds === null ? '.' : `, ${formatDuration(lock.meanWaitSeconds)} on average.`);
  } else if (waiter !== undefined) {
    parts.push(strong(bareName(waiter.site.function)), ' waits; who holds the lock is not known.');
  }
  return parts;
}

/** What stands below the services in trouble, or alone when none is: "Nothing else waits …". */
export function calmSentence(overview: Overview, now: number): Sentence {
  const trouble = overview.services.filter((service) => service.state === 'trouble').length;
  const reach = [
    formatPlural(overview.services.length, 'service'),
    `${formatPlural(overview.reporting, 'pod')} reporting`,
    ...(overview.newest === undefined ? [] : [`newest profile ${formatAge(overview.newest, now)}`]),
  ].join(', ');
  return [trouble === 0 ? 'Nothing waits more than usual. ' : 'Nothing else waits more than usual. ', `${reach}.`];
}

/** First sentence of a service's page: the lock with the largest share, or that nothing waits. */
export function hotLocksSentence(result: LocksResult): Sentence {
  const [first] = result.locks.toSorted((a, b) => (b.lock.waiting.max ?? 0) - (a.lock.waiting.max ?? 0));
  if (first === undefined) return ['No goroutine waited at a lock in this range.'];
  const { lock } = first;
  if ((lock.waiting.max ?? 0) < quietBelow) {
    return ['Good: no lock has more than ', `${quietBelow} goroutines waiting in any bucket.`];
  }
  const share: Part[] =
    lock.share === null
      ? ['Most waiting is at one lock: ']
      : [`One lock makes ${formatShare(lock.share)} of the waiting at locks: `];
  return [
    ...share,
    code(lock.name),
    ', up to ',
    alarm(`${formatWaiting(lock.waiting.max)} goroutines`),
    lock.waiting.bucketSeconds === null ? '' : ` in ${formatDuration(lock.waiting.bucketSeconds)}`,
    `, average ${formatWaiting(lock.waiting.avg)} per pod.`,
  ];
}

/** Below this busiest bucket a lock is nothing to talk about (goroutines waiting). */
export const quietBelow = 0.1;
