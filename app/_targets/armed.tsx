import Link from 'next/link';
import { formatTime } from '@/lib/time-format';
import type { ArmState } from '@/lib/traces/target-port';
import { formatCount } from '@/lib/units-format';
import { disarmTarget } from './arm-actions';
import { triggerTexts } from './triggers';

/** What an armed target waits for, until when, what it does now, and the way to take it back; `named` says which one. */
export function Armed({
  state,
  service,
  every,
  where,
  named = false,
}: {
  readonly state: ArmState;
  readonly service: string;
  readonly every: string;
  readonly where: string;
  readonly named?: boolean;
}) {
  const { targetId, trigger, lockId, threshold, expiresAt, fired, most, doing, lastError } = state;
  const { name } = triggerTexts(every, lockId !== undefined)[trigger];
  return (
    <div className="tg-armed">
      <p>
        <span className="tag is-warn">armed</span> {named ? `${where}: ` : ''}
        <b>{name}</b>
        {lockId === undefined ? null : (
          <>
            , for the lock{' '}
            <Link href={`/services/${encodeURIComponent(service)}/locks/${lockId}`} prefetch={false}>
              <code>{lockId}</code>
            </Link>
          </>
        )}
        {threshold === undefined ? '' : `, at least ${formatCount(threshold)}`} · until {formatTime(expiresAt)} UTC ·{' '}
        {formatCount(fired)} of {formatCount(most)} recorded
      </p>
      <form action={disarmTarget}>
        <input type="hidden" name="id" value={targetId} />
        <button type="submit" className="btn small" aria-label={`Disarm ${where}`}>
          Disarm
        </button>
      </form>
      <p className="micro">{doing}</p>
      {lastError === undefined ? null : <p className="bad">Last time it could not: {lastError}</p>}
    </div>
  );
}
