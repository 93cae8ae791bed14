import type { Conservation as Sides } from '@/lib/contention/lock';
import { conservationSentence } from '@/lib/report/link-sentence';
import { formatDigits } from '@/lib/units-format';

/** Two bars on one scale: what waiters waited and what unlocks were charged, and what that says. */
export function Conservation({ conservation }: { readonly conservation: Sides }) {
  const { waitedSeconds, chargedSeconds } = conservation;
  const most = Math.max(waitedSeconds, chargedSeconds);
  const bars = [
    { name: 'waited', seconds: waitedSeconds, colour: 'var(--waiter)' },
    { name: 'charged', seconds: chargedSeconds, colour: 'var(--holder)' },
  ];
  return (
    <div className="lk-agree">
      {bars.map(({ name, seconds, colour }) => (
        <div key={name}>
          <span>{name}</span>
          <i style={{ background: colour, width: `${most === 0 ? 0 : (seconds / most) * 100}%` }} aria-hidden="true" />
          <span className="nowrap">
            {formatDigits(seconds)}
            <span className="u">{'\u00a0goroutine-s'}</span>
          </span>
        </div>
      ))}
      <p className="muted">{conservationSentence(conservation)}</p>
    </div>
  );
}
