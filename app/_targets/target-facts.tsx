import type { TargetRecord } from '@/lib/catalog/port';
import { formatDuration, formatPlural } from '@/lib/units-format';

/** What the last scrape said of each profile, one a line. */
export function TargetFacts({ target }: { readonly target: TargetRecord }) {
  return (
    <ul className="facts-list">
      {target.facts.map((fact) => (
        <li key={fact.profile}>
          <span className={fact.ok ? 'good' : 'warn'} aria-hidden="true">
            {fact.ok ? '✓' : '!'}
          </span>
          <span>{fact.profile}</span>
          <span className="muted">
            {[
              ...(fact.samples === undefined ? [] : [formatPlural(fact.samples, 'stack')]),
              ...(fact.windowMs === undefined ? [] : [`window ${formatDuration(fact.windowMs / 1000)}`]),
              ...(fact.detail === '' ? [] : [fact.detail]),
            ].join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
