import { LinkButton } from '@/components/ui/button';
import type { BuildRecord } from '@/lib/catalog/builds';
import type { ResolvedBaseline } from '@/lib/query/baseline';
import type { BuildsRow } from '@/lib/query/builds';
import type { BuildLinks } from './links';

/** The two comparisons a visitor wants first: across the first bad build, and of the newest build with the baseline. */
export function CompareActions({
  resolved,
  head,
  links,
  worst,
}: {
  readonly resolved: ResolvedBaseline;
  /** The newest build that sent profiles. */
  readonly head: BuildRecord | undefined;
  readonly links: BuildLinks;
  readonly worst: BuildsRow | undefined;
}) {
  const change = worst?.firstBad;
  const base = resolved.ok && resolved.base.kind === 'build' ? resolved.base.build : undefined;
  const isSame = change !== undefined && base === change.previous && head?.build === change.build;
  return (
    <>
      {change === undefined ? null : (
        <LinkButton look="primary" href={links.compare(change.previous, change.build)}>
          Compare {change.previous} with {change.build}
        </LinkButton>
      )}
      {base === undefined || head === undefined || isSame ? null : (
        <LinkButton href={links.compare(base, head.build)}>
          Compare {head.build} with the baseline {base}
        </LinkButton>
      )}
    </>
  );
}
