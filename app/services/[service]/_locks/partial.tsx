import { LinkButton } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import type { TargetRecord } from '@/lib/catalog/port';
import { formatCount, formatPlural } from '@/lib/units-format';

/** Scraped pods that did not answer last time: the numbers below are at least what they say. */
export function Partial({ failing, targets }: { readonly failing: readonly TargetRecord[]; readonly targets: number }) {
  const [first] = failing;
  if (first === undefined) return null;
  return (
    <div style={{ marginTop: 16 }}>
      <State
        title={`${formatCount(targets - failing.length)} of ${formatPlural(targets, 'target')} answered`}
        mood="warn"
      >
        <p>
          Numbers are marked ≥. <code>{first.url}</code>: {first.lastScrape?.error}
          {failing.length === 1 ? '' : `, and ${formatPlural(failing.length - 1, 'other')}`}.
        </p>
        <LinkButton look="small" href="/settings">
          Targets
        </LinkButton>
      </State>
    </div>
  );
}
