import { State } from '@/components/ui/state';
import type { TargetEvent, TargetRecord } from '@/lib/catalog/port';
import { formatAge } from '@/lib/time-format';
import type { ArmState } from '@/lib/traces/target-port';
import { formatDuration, formatPlural } from '@/lib/units-format';
import { removeTarget, switchTarget } from './actions';
import { TargetEvents } from './target-events';
import { TargetFacts } from './target-facts';
import { TargetTraces, type TraceTimes } from './target-traces';

export interface ListedTarget {
  readonly target: TargetRecord;
  /** Newest first. */
  readonly events: readonly TargetEvent[];
  readonly armed: ArmState | undefined;
}

/** Scrape targets with age, restarts, missed scrapes, what each profile said, traces, and the newest events. */
export function TargetList({
  targets,
  now,
  times,
}: {
  readonly targets: readonly ListedTarget[];
  readonly now: number;
  readonly times: TraceTimes;
}) {
  if (targets.length === 0) {
    return (
      <State title="Nothing is scraped">
        <p>Add a target here or in the configuration file; services that push need none.</p>
      </State>
    );
  }
  return (
    <ul className="targets">
      {targets.map(({ target, events, armed }) => (
        <li key={target.id} className="panel pad">
          <TargetHead target={target} now={now} />
          <TargetFacts target={target} />
          <TargetTraces target={target} armed={armed} times={times} />
          <TargetEvents events={events} />
        </li>
      ))}
    </ul>
  );
}

function TargetHead({ target, now }: { readonly target: TargetRecord; readonly now: number }) {
  return (
    <div className="target-head">
      <div>
        <h3>
          {target.service} <code className="muted">{target.url}</code>
        </h3>
        <p className="muted">
          every {formatDuration(target.everyMs / 1000)} ·{' '}
          {target.source === 'config' ? 'from the configuration file' : 'added here'} ·{' '}
          {formatPlural(target.restarts, 'restart')} seen · {formatPlural(target.missed, 'missed scrape')}
        </p>
        <p>
          <Age target={target} now={now} />
        </p>
      </div>
      {target.source === 'config' ? null : (
        <div className="actions">
          <form action={switchTarget}>
            <input type="hidden" name="id" value={target.id} />
            <input type="hidden" name="enabled" value={target.enabled ? '0' : '1'} />
            <button type="submit" className="btn small">
              {target.enabled ? 'Stop' : 'Start'}
            </button>
          </form>
          <form action={removeTarget}>
            <input type="hidden" name="id" value={target.id} />
            <button type="submit" className="btn small" aria-label={`Remove ${target.url}`}>
              Remove
            </button>
          </form>
        </div>
      )}
    </div>
  );
}

function Age({ target, now }: { readonly target: TargetRecord; readonly now: number }) {
  const { lastScrape } = target;
  if (!target.enabled) return <span className="tag">stopped</span>;
  if (lastScrape === undefined) return <span className="tag">not scraped yet</span>;
  const age = formatAge(lastScrape.at, now);
  if (lastScrape.error !== undefined) {
    return (
      <>
        <span className="tag is-bad">failed {age}</span> <span className="bad">{lastScrape.error}</span>
      </>
    );
  }
  const late = now - lastScrape.at > 3 * target.everyMs;
  return (
    <span className={late ? 'tag is-warn' : 'tag is-good'}>{late ? `late: scraped ${age}` : `scraped ${age}`}</span>
  );
}
