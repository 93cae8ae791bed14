import { attempt } from '@/app/_server/attempt';
import { context } from '@/app/_server/context';
import { Deleted } from '@/app/services/[service]/_locks/deleted';
import { LinkButton } from '@/components/ui/button';
import { leavesNothing, NoMatch } from '@/components/ui/no-match';
import { ProblemState } from '@/components/ui/problem-state';
import { State } from '@/components/ui/state';
import { queryCoverage } from '@/lib/query/coverage';
import { rangeEndingAt } from '@/lib/selection/range';
import { hrefWith, sharedParams, type View } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';

/** A lock that the range does not hold: no data, profiling off, or simply nobody waited. Three different things. */
export async function MissingLock({ service, view }: { readonly service: string; readonly view: View }) {
  const { store } = context();
  const result = await attempt(() => queryCoverage(store, service, view));
  if (!result.ok) return <ProblemState what="The service's coverage" problem={result.problem} />;
  const { block, mutex, lastSeen, pods } = result.value;
  const root = `/services/${encodeURIComponent(service)}`;
  const shared = sharedParams(view.params);
  const all = <LinkButton href={hrefWith(root, shared)}>All locks of {service}</LinkButton>;
  if (pods.length === 0 && leavesNothing(view, lastSeen)) return <NoMatch path={root} params={shared} />;
  if (pods.length === 0) {
    return (
      <State title="No profile arrived in this range">
        <p>
          {lastSeen === undefined ? `${service} has never sent a profile.` : `Last data ${formatInstant(lastSeen)}.`}
        </p>
        <Deleted view={view} what="locks" />
        {lastSeen === undefined ? all : <JumpTo service={service} at={lastSeen} shared={shared} />}
      </State>
    );
  }
  if (block.windows === 0 && mutex.windows === 0) {
    return (
      <State title="Lock profiling is off" mood="warn">
        <p>{service} sends profiles, but neither block nor mutex profiles in this range.</p>
        <LinkButton href="/connect">How to turn it on</LinkButton>
      </State>
    );
  }
  return (
    <State title="Nobody waited at this lock in this range" mood="good">
      <p>Profiles arrived, and none of them has a wait or an unlock of it. Another range or filter may.</p>
      {all}
    </State>
  );
}

function JumpTo({
  service,
  at,
  shared,
}: {
  readonly service: string;
  readonly at: number;
  readonly shared: URLSearchParams;
}) {
  const href = hrefWith(`/services/${encodeURIComponent(service)}`, shared, rangeEndingAt(at + 1_000, 3_600_000));
  return <LinkButton href={href}>Jump there</LinkButton>;
}
