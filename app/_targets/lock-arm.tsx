import { attempt } from '@/app/_server/attempt';
import { context } from '@/app/_server/context';
import { ProblemState } from '@/components/ui/problem-state';
import { longestSeconds, usualSeconds } from '@/lib/traces/target-port';
import { formatDuration, formatPlural } from '@/lib/units-format';
import { armTarget } from './arm-actions';
import { ArmForm } from './arm-form';
import { Armed } from './armed';

const targetsShown = 5;

/** Arms scrape targets of a service for one lock, from the page of that lock; nothing for a service that pushes. */
export async function LockArm({ service, lock }: { readonly service: string; readonly lock: string }) {
  const { catalog, targetTraces, config } = context();
  const asked = await attempt(() => catalog.listTargets());
  if (!asked.ok) return <ProblemState what="The scrape targets" problem={asked.problem} />;
  const targets = asked.value.filter((target) => target.enabled && target.service === service);
  const minutes = Math.max(1, Math.round(config.traces.armedMs / 60_000));
  return (
    <>
      {targets.slice(0, targetsShown).map(({ id, url, everyMs }) => {
        const state = targetTraces.armed(id);
        const every = formatDuration(everyMs / 1_000);
        const where = `${service}, ${url}`;
        if (state !== undefined)
          return <Armed key={id} named state={state} service={service} every={every} where={where} />;
        return (
          <details key={id} className="twin">
            <summary>Arm {url}: record when this lock stalls</summary>
            <ArmForm {...{ id, lock, every, minutes }} usual={usualSeconds} longest={longestSeconds} arm={armTarget} />
          </details>
        );
      })}
      {targets.length <= targetsShown ? null : (
        <p className="micro">
          {formatPlural(targets.length - targetsShown, 'more target')} can be armed for any lock in the settings.
        </p>
      )}
    </>
  );
}
