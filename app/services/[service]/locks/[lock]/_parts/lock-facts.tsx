import { durationText, longestText } from '@/app/_captures/capture-sentence';
import { Explain } from '@/components/ui/explain';
import { Duration, Waiting } from '@/components/ui/quantity';
import type { CaptureLock } from '@/lib/catalog/captures';
import type { LockDetail } from '@/lib/query/result';
import { holdText, nextStall } from '@/lib/report/lock-sentence';
import { formatTime } from '@/lib/time-format';
import { formatCount, formatDuration } from '@/lib/units-format';

/** The numbers of a lock: the busiest bucket large, the average beside it, then what one wait and one hold cost. */
export function LockFacts({
  detail,
  now,
  atLeast,
  traced,
}: {
  readonly detail: LockDetail;
  readonly now: number;
  /** Some pods did not answer: the numbers are lower bounds. */
  readonly atLeast: boolean;
  /** The newest trace that shows the lock. */
  readonly traced: CaptureLock | undefined;
}) {
  const { entry, stalls, coverage, heat } = detail;
  const { waiting, meanWaitSeconds, contentions } = entry.lock;
  const bucket = waiting.bucketSeconds === null ? 'bucket' : `${formatDuration(waiting.bucketSeconds)} bucket`;
  const next = nextStall(stalls, now);
  return (
    <dl className="facts">
      <div className="loud">
        <dt>
          Waiting, busiest {bucket}
          <Explain of="the busiest bucket">
            The largest delay of one pod in one profile, divided by its length: goroutines waiting at the same time, on
            average over that bucket.
          </Explain>
        </dt>
        <dd>
          <Waiting value={waiting.max} atLeast={atLeast} />
          <span className="u"> goroutines{waiting.maxPod === null ? '' : ` on ${waiting.maxPod}`}</span>
        </dd>
        <dd className="note">{waiting.maxAt === null ? '' : `at ${formatTime(Date.parse(waiting.maxAt))} UTC`}</dd>
      </div>
      <div>
        <dt>Average</dt>
        <dd>
          <Waiting value={waiting.avg} atLeast={atLeast} />
          <span className="u"> per pod</span>
        </dd>
        <dd className="note">over the time profiles cover</dd>
      </div>
      <div>
        <dt>Mean wait</dt>
        <dd>
          <Duration seconds={meanWaitSeconds} />
        </dd>
        <dd className="note">{contentions === null ? 'no block profile' : `${formatCount(contentions)} waits`}</dd>
        {traced === undefined ? null : (
          <dd className="note">
            <a href="#exact">
              P99 {durationText(traced.p99Ns)}, longest {longestText(traced)} in a trace
            </a>
          </dd>
        )}
      </div>
      {entry.holdSeconds === undefined ? null : (
        <div>
          <dt>
            Hold, estimated
            <Explain of="the hold estimate">
              Profiles do not record how long a lock is held. Estimated from mean waits: {entry.holdSeconds.formula}.
            </Explain>
          </dt>
          <dd>{holdText(entry)}</dd>
          <dd className="note">from mean waits</dd>
        </div>
      )}
      {stalls.count === 0 ? null : (
        <div>
          <dt>Stalls</dt>
          <dd>
            {formatCount(stalls.count)}
            <span className="u"> in range{stalls.pods > 1 ? ', all pods' : ''}</span>
          </dd>
          <dd className="note">
            {stalls.everySeconds === undefined
              ? 'not regular'
              : `every ${formatDuration(stalls.everySeconds)}${stalls.pods > 1 ? ' on each pod' : ''}`}
          </dd>
        </div>
      )}
      <div>
        <dt>Pods</dt>
        <dd>
          {formatCount(heat.rows.filter((row) => row.max.some((value) => value !== null && value > 0)).length)}
          <span className="u"> of {formatCount(coverage.pods.length)}</span>
        </dd>
        <dd className="note">with any of it</dd>
      </div>
      {next === undefined ? null : (
        <div>
          <dt>Next stall</dt>
          <dd>≈&nbsp;{formatTime(next)}</dd>
          <dd className="note">UTC, if the rhythm holds</dd>
        </div>
      )}
    </dl>
  );
}
