import { bareName } from '@/lib/profile/function-name';
import type { LocksResult } from '@/lib/query/result';
import type { Part, Sentence } from '@/lib/report/sentence';
import { strong } from '@/lib/report/sentence';
import { quietBelow } from '@/lib/report/service-sentence';
import { formatPlural } from '@/lib/units-format';

/** Below the page's sentence: who waits for whom at the busiest lock, and how many other locks have anything. */
export function hotLocksBecause(result: LocksResult): Sentence {
  const [first, ...others] = result.locks.toSorted((a, b) => (b.lock.waiting.max ?? 0) - (a.lock.waiting.max ?? 0));
  if (first === undefined || (first.lock.waiting.max ?? 0) < quietBelow) return [];
  const { lock } = first;
  const waiter = lock.waiters[0]?.site;
  const holder = lock.link === 'Unlinked' ? undefined : lock.holders[0]?.site;
  const parts: Part[] = [];
  if (waiter !== undefined && holder !== undefined) {
    const perhaps = lock.link === 'Inferred' ? 'probably ' : '';
    parts.push(strong(bareName(waiter.function)), ` waits ${perhaps}for `, strong(bareName(holder.function)), '. ');
  }
  const busy = others.filter((entry) => (entry.lock.waiting.max ?? 0) >= quietBelow).length;
  const what = busy === 0 ? 'No other lock has' : `${formatPlural(busy, 'other lock')} ${busy === 1 ? 'has' : 'have'}`;
  return [...parts, `${what} ${quietBelow} or more waiting in any bucket.`];
}
