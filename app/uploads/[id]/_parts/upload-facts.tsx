import type { OpenedUpload } from '@/app/_server/uploaded';
import { Duration, Waiting } from '@/components/ui/quantity';
import { formatCount, formatDigits, formatDuration, formatPlural } from '@/lib/units-format';

/** The numbers of the worst lock: rates when the window is known, totals in any case. */
export function UploadFacts({ opened }: { readonly opened: OpenedUpload }) {
  const [worst] = opened.locks.locks;
  if (worst === undefined) return null;
  const { lock } = worst;
  const { windowSeconds } = opened;
  return (
    <dl className="facts">
      {windowSeconds === undefined ? null : (
        <div className="loud">
          <dt>Waiting, in this window</dt>
          <dd>
            <Waiting value={lock.waiting.max} />
            <span className="u"> goroutines</span>
          </dd>
          <dd className="note">one window of {formatDuration(windowSeconds)}: busiest and average are the same</dd>
        </div>
      )}
      <div>
        <dt>
          Waited at <code>{lock.name}</code>
        </dt>
        <dd>
          {lock.delaySeconds === null ? '–' : formatDigits(lock.delaySeconds)}
          <span className="u"> goroutine-s</span>
        </dd>
        <dd className="note">{lock.delaySeconds === null ? 'no block profile' : 'summed over all waiters'}</dd>
      </div>
      <div>
        <dt>Waits</dt>
        <dd>{formatCount(lock.contentions)}</dd>
        <dd className="note">that blocked and ended</dd>
      </div>
      <div>
        <dt>Mean wait</dt>
        <dd>
          <Duration seconds={lock.meanWaitSeconds} />
        </dd>
        <dd className="note">no percentile can be read from a profile</dd>
      </div>
      <div>
        <dt>Locks</dt>
        <dd>{formatCount(opened.locks.locks.length)}</dd>
        <dd className="note">
          {formatPlural(opened.locks.waits.length, 'other wait')}, {formatCount(opened.locks.idle.length)} idle
        </dd>
      </div>
    </dl>
  );
}
