import { LinkButton } from '@/components/ui/button';
import { SentenceText } from '@/components/ui/sentence-text';
import type { ServiceSummary } from '@/lib/query/result';
import { nextStall } from '@/lib/report/lock-sentence';
import { serviceBecause, serviceSentence } from '@/lib/report/service-sentence';
import { hrefWith, sharedParams, type View } from '@/lib/selection/view';
import { formatTime } from '@/lib/time-format';
import { formatCount, formatDuration, formatPlural, formatWaiting } from '@/lib/units-format';

/** One service in trouble: the sentence, why, the numbers behind it, and the way to the lock. */
export function Trouble({
  summary,
  view,
  now,
  first,
}: {
  readonly summary: ServiceSummary;
  readonly view: View;
  readonly now: number;
  readonly first: boolean;
}) {
  const Heading = first ? 'h1' : 'h2';
  const shared = sharedParams(view.params);
  const root = `/services/${encodeURIComponent(summary.service)}`;
  const lock = summary.worst?.lock;
  return (
    <article className="trouble" aria-label={`${summary.service} in trouble`}>
      <div>
        <Heading className="verdict">
          <SentenceText sentence={serviceSentence(summary)} />
        </Heading>
        <p className="because">
          <SentenceText sentence={serviceBecause(summary)} />
        </p>
      </div>
      <div className="actions">
        {lock === undefined ? null : (
          <LinkButton look="primary" href={hrefWith(`${root}/locks/${encodeURIComponent(lock.id)}`, shared)}>
            Open lock
          </LinkButton>
        )}
        <LinkButton href={hrefWith(root, shared)}>All locks</LinkButton>
      </div>
      <Numbers summary={summary} now={now} />
    </article>
  );
}

function Numbers({ summary, now }: { readonly summary: ServiceSummary; readonly now: number }) {
  const waiting = summary.worst?.lock.waiting;
  const stalls = summary.worstStalls;
  const next = nextStall(stalls, now);
  return (
    <div className="nums">
      <span>
        <b className="bad">{formatWaiting(waiting?.max ?? summary.max)}</b>
        {waiting?.bucketSeconds == null ? 'busiest bucket' : `busiest ${formatDuration(waiting.bucketSeconds)} bucket`}
        {waiting?.maxPod == null || summary.reporting < 2 ? '' : `, on ${waiting.maxPod}`}
      </span>
      <span>
        <b>{formatWaiting(waiting?.avg ?? summary.avg)}</b>average per pod
      </span>
      {stalls === undefined || stalls.count === 0 ? null : (
        <>
          <span>
            <b>{formatCount(stalls.count)}</b>
            {stalls.count === 1 ? 'stall' : 'stalls'} in range{stalls.pods > 1 ? ', all pods' : ''}
          </span>
          <span>
            <b>{formatCount(stalls.pods)}</b>of {formatPlural(summary.pods, 'pod')}
            {stalls.pods < 2 ? '' : stalls.inPhase ? ', at the same time' : ', at different times'}
          </span>
        </>
      )}
      {next === undefined ? null : (
        <span>
          <b>≈&nbsp;{formatTime(next)}</b>UTC, next stall
        </span>
      )}
    </div>
  );
}
