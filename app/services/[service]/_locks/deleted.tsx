import { context, requestNow } from '@/app/_server/context';
import type { View } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';
import { formatDuration } from '@/lib/units-format';

/** Of a range without profiles: since when nothing of it is kept any more; nothing while some of it would be. */
export function Deleted({ view, what }: { readonly view: View; readonly what: 'locks' | 'stacks' }) {
  const { retention } = context().config;
  const keptMs = what === 'locks' ? retention.site1hMs : retention.stack1hMs;
  const deleted = view.range.to + keptMs;
  if (deleted > requestNow()) return null;
  return (
    <p>
      What arrived in this range was deleted on {formatInstant(deleted)} at the latest: {what} are kept for{' '}
      {formatDuration(keptMs / 1000)}.
    </p>
  );
}
