import { LinkButton } from '@/components/ui/button';
import type { Tick } from './progress';

const marks = { done: '✓', now: '●', later: '○', stuck: '!' } as const;
const words = { done: 'done', now: 'waiting for this', later: 'later', stuck: 'does not come' } as const;
const colours = { done: 'good', now: 'now', later: 'muted', stuck: 'warn' } as const;

/** The ticks from connected to the first lock, and what keeps one from coming. */
export function Listening({
  service,
  ticks,
  locksHref,
}: {
  readonly service: string | undefined;
  readonly ticks: readonly Tick[];
  readonly locksHref: string | undefined;
}) {
  return (
    <aside className="ticks" aria-labelledby="listening">
      <h2 id="listening">{service === undefined ? 'Listening' : `Listening to ${service}`}</h2>
      <ul aria-live="polite">
        {ticks.map((tick) => (
          <li key={tick.name}>
            <span className={colours[tick.state]} aria-hidden="true">
              {marks[tick.state]}
            </span>
            <span className={tick.state === 'later' ? 'muted' : undefined}>
              {tick.name}
              <span className="sr">, {words[tick.state]}</span>
              {tick.state === 'stuck' ? <span className="why">{tick.detail}</span> : null}
            </span>
            <span>{tick.state === 'stuck' ? '' : tick.detail}</span>
          </li>
        ))}
      </ul>
      {locksHref === undefined ? (
        <p className="micro">
          Nothing after a minute? The command lockscope doctor looks at a Go service and says what to change.
        </p>
      ) : (
        <LinkButton look="primary" href={locksHref}>
          Open its locks
        </LinkButton>
      )}
    </aside>
  );
}
