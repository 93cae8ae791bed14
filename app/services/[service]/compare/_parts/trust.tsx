import { Section } from '@/components/ui/section';
import type { Comparison } from '@/lib/regression/comparison';
import { formatPlural } from '@/lib/units-format';

/** What bears on whether to believe the comparison, and what was not tested. */
export function Trust({
  comparison,
  notes,
}: {
  readonly comparison: Comparison;
  readonly notes: readonly { readonly code: string; readonly message: string }[];
}) {
  const all = [...comparison.trust, ...notes];
  const { leftOut } = comparison;
  return (
    <Section id="trust" title="Can I trust this?">
      <ul className="cmp-trust">
        {all.map(({ code, message }) => (
          <li key={code + message}>
            <span className="warn" aria-hidden="true">
              ▲
            </span>
            <span>{message}</span>
          </li>
        ))}
        {leftOut.map(({ reason, sites }) => (
          <li key={reason}>
            <span aria-hidden="true">·</span>
            <span>
              {formatPlural(sites, 'site')} not tested: {reason}
            </span>
          </li>
        ))}
        {all.length === 0 && leftOut.length === 0 ? (
          <li>
            <span className="good" aria-hidden="true">
              ✓
            </span>
            <span>Nothing speaks against it.</span>
          </li>
        ) : null}
      </ul>
    </Section>
  );
}
