import { LinkButton } from '@/components/ui/button';
import { leavesNothing, NoMatch } from '@/components/ui/no-match';
import { State } from '@/components/ui/state';
import type { BuildRecord } from '@/lib/catalog/builds';
import type { Coverage } from '@/lib/query/result';
import { rangeEndingAt } from '@/lib/selection/range';
import { hrefWith, type View } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';

/** Why the page has no build to show, as far as the data tell; null when it has some. */
export function NoBuilds({
  known,
  coverage,
  hasBuilds,
  view,
  path,
}: {
  readonly known: readonly BuildRecord[];
  readonly coverage: Coverage;
  readonly hasBuilds: boolean;
  readonly view: View;
  readonly path: string;
}) {
  if (hasBuilds) return null;
  if (coverage.pods.length === 0 && leavesNothing(view, coverage.lastSeen)) {
    return <NoMatch path={path} params={view.params} />;
  }
  if (coverage.pods.length === 0) {
    return (
      <State title="No profile in this range">
        {coverage.lastSeen === undefined ? null : <p>Last data {formatInstant(coverage.lastSeen)}.</p>}
        <Jump lastSeen={coverage.lastSeen} view={view} path={path} />
      </State>
    );
  }
  if (coverage.block.windows === 0) {
    return (
      <State title="No block profile arrives" mood="warn">
        <p>Waiting is in the block profile; without it no build can be told from another.</p>
        <LinkButton href="/connect">Show how to turn it on</LinkButton>
      </State>
    );
  }
  return (
    <State
      title={known.length === 0 ? 'No profile names its build' : 'No profile of this range names its build'}
      mood="warn"
    >
      <p>
        A client says it with one of the labels <code>service_git_ref</code>, <code>version</code> and{' '}
        <code>build</code> (<code>build_labels</code> in the configuration sets which); the first one present counts.
      </p>
      <LinkButton href="/connect">Show the lines</LinkButton>
    </State>
  );
}

function Jump({
  lastSeen,
  view,
  path,
}: {
  readonly lastSeen: number | undefined;
  readonly view: View;
  readonly path: string;
}) {
  if (lastSeen === undefined) return null;
  const there = rangeEndingAt(lastSeen, view.range.to - view.range.from);
  return <LinkButton href={hrefWith(path, view.params, there)}>Jump there</LinkButton>;
}
