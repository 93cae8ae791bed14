import { CaptureForm } from '@/app/_targets/capture-form';
import { Snippet } from '@/app/connect/snippet';
import { LinkButton } from '@/components/ui/button';
import type { TargetRecord } from '@/lib/catalog/port';
import { longestSeconds, usualSeconds } from '@/lib/traces/target-port';
import { formatPlural } from '@/lib/units-format';

const targetsShown = 5;

/** How to get an execution trace, for somebody who has none: each way with what to type. */
export function WaysToTrace({
  service,
  address,
  targets,
}: {
  readonly service: string | undefined;
  readonly address: string;
  /** Those that the list is about. */
  readonly targets: readonly TargetRecord[];
}) {
  const whose = service ?? 'order-service';
  return (
    <div className="tr-ways">
      <div>
        <h3>Record one, drop it here</h3>
        <p>Any program that serves net/http/pprof records for as many seconds as you ask. Go 1.22 or newer.</p>
        <Snippet
          label="Command that records a trace"
          text={'curl -o stall.trace "http://127.0.0.1:6060/debug/pprof/trace?seconds=5"'}
        />
      </div>
      <div>
        <h3>Or send it from a shell</h3>
        <p>It appears here, with the service that it is of.</p>
        <Snippet
          label="Command that sends a trace"
          text={`lockscope push stall.trace --service ${whose} --server ${address}`}
        />
      </div>
      <div>
        <h3>Or let Lockscope record it</h3>
        <p>From a scrape target: now, or armed, so that it records when goroutines wait for locks.</p>
        {targets.slice(0, targetsShown).map(({ id, service: of, url }) => (
          <div key={id} className="tr-target">
            <code>{url}</code>
            <CaptureForm id={id} where={`${of}, ${url}`} usual={usualSeconds} longest={longestSeconds} />
          </div>
        ))}
        <LinkButton href="/settings#targets">
          {targets.length === 0 ? 'Add a target' : `Arm a target (${formatPlural(targets.length, 'target')})`}
        </LinkButton>
      </div>
    </div>
  );
}
