import type { TargetRecord } from '@/lib/catalog/port';
import { traceOverhead } from '@/lib/report/trace-overhead';
import { type ArmState, longestSeconds, usualSeconds } from '@/lib/traces/target-port';
import { formatDuration } from '@/lib/units-format';
import { armTarget } from './arm-actions';
import { ArmForm } from './arm-form';
import { Armed } from './armed';
import { CaptureForm } from './capture-form';

/** Traces as configured, ms. */
export interface TraceTimes {
  /** Between two recordings of one target. */
  readonly pauseMs: number;
  /** How long a target stays armed. */
  readonly armedMs: number;
}

/** Execution traces of a target: record one now, or arm it. */
export function TargetTraces({
  target,
  armed,
  times,
}: {
  readonly target: TargetRecord;
  readonly armed: ArmState | undefined;
  readonly times: TraceTimes;
}) {
  const every = formatDuration(target.everyMs / 1000);
  const where = `${target.service}, ${target.url}`;
  return (
    <div className="tg-traces">
      <CaptureForm id={target.id} where={where} usual={usualSeconds} longest={longestSeconds} />
      <p className="micro">
        {traceOverhead} One recording of a target at a time, with {formatDuration(times.pauseMs / 1000)} between two.
      </p>
      {armed === undefined ? (
        <details className="twin">
          <summary>Arm it: record when it stalls</summary>
          <ArmForm
            id={target.id}
            lock={undefined}
            every={every}
            usual={usualSeconds}
            longest={longestSeconds}
            minutes={Math.max(1, Math.round(times.armedMs / 60_000))}
            arm={armTarget}
          />
        </details>
      ) : (
        <Armed state={armed} service={target.service} every={every} where={where} />
      )}
    </div>
  );
}
