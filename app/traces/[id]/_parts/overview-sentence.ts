import { formatNs } from '@/components/trace/time-ruler';
import type { TraceSummary } from '@/lib/query/trace/result';
import { formatCount, formatPlural, formatWaiting } from '@/lib/units-format';

/** The minimap in one sentence: when most goroutines waited for locks, how many, and how many convoys there were. */
export function overviewSentence(
  { mean, max }: { readonly mean: readonly number[]; readonly max: readonly number[] },
  { durationNs, convoys }: Pick<TraceSummary, 'durationNs' | 'convoys'>,
): string {
  const most = max.reduce((best, value, column) => (value > (max[best] ?? 0) ? column : best), 0);
  if ((max[most] ?? 0) === 0) return `No goroutine waited for a lock in ${formatNs(durationNs)}.`;
  const average = mean.reduce((sum, value) => sum + value, 0) / mean.length;
  return `Over ${formatNs(durationNs)}, ${formatWaiting(average)} goroutines waited for locks on average and ${formatCount(max[most])} at most, at ${formatNs(((most + 0.5) / max.length) * durationNs)}; ${formatPlural(convoys.length, 'convoy')}.`;
}
