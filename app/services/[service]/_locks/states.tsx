import { LinkButton } from '@/components/ui/button';
import { leavesNothing, NoMatch } from '@/components/ui/no-match';
import { State } from '@/components/ui/state';
import type { LocksResult } from '@/lib/query/result';
import { rangeEndingAt } from '@/lib/selection/range';
import { hrefWith, type View } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';
import { formatPlural } from '@/lib/units-format';
import { Deleted } from './deleted';

/** Why a service's page has no locks to list, as far as the data tell; undefined when it has, or when that is good news. */
export function NoLocks({
  result,
  view,
  path,
}: {
  readonly result: LocksResult;
  readonly view: View;
  readonly path: string;
}) {
  const { coverage } = result;
  if (coverage.pods.length === 0 && leavesNothing(view, coverage.lastSeen)) {
    return <NoMatch path={path} params={view.params} />;
  }
  if (coverage.pods.length === 0) return <NoData lastSeen={coverage.lastSeen} view={view} path={path} />;
  if (coverage.block.windows === 0 && coverage.mutex.windows === 0) {
    return (
      <State title={`Block and mutex profiling is off in ${formatPlural(coverage.pods.length, 'pod')}`} mood="warn">
        <p>Other profiles arrive, so the connection works. Go keeps these two off until a program sets their rates.</p>
        <LinkButton href="/connect">Show the two lines</LinkButton>
      </State>
    );
  }
  if (coverage.block.windows === 0) {
    return (
      <State title="No block profile arrives" mood="warn">
        <p>The mutex profile names holders; who waits, and for how long, needs the block profile.</p>
        <LinkButton href="/connect">Show how to turn it on</LinkButton>
      </State>
    );
  }
  const silent = [result.locks, result.waits, result.idle].every((entries) => entries.length === 0);
  if (silent) {
    return (
      <State title="≈ No block event was recorded; profiling is probably off" mood="warn">
        <p>
          Block profiles arrive and are empty. A program that serves anything waits at some channel or lock, so its
          block rate is most likely not set. The profile itself does not carry the rate.
        </p>
        <LinkButton href="/connect">Show the line</LinkButton>
      </State>
    );
  }
  return null;
}

function NoData({
  lastSeen,
  view,
  path,
}: {
  readonly lastSeen: number | undefined;
  readonly view: View;
  readonly path: string;
}) {
  if (lastSeen === undefined) {
    return (
      <State title="No profile matches">
        <p>With these filters nothing was ever stored.</p>
        <LinkButton href={path}>Without filters</LinkButton>
      </State>
    );
  }
  const jump = hrefWith(path, view.params, rangeEndingAt(lastSeen, view.range.to - view.range.from));
  return (
    <State title="No profile in this range">
      <p>Last data {formatInstant(lastSeen)}.</p>
      <Deleted view={view} what="locks" />
      <LinkButton href={jump}>Jump there</LinkButton>
    </State>
  );
}
