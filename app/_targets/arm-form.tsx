'use client';
// Client: shows the fields that a trigger takes, and what the action answered beside them.
import { useActionState, useState } from 'react';
import type { ArmTrigger } from '@/lib/catalog/arms';
import type { ArmFormState } from './arm-actions';
import { triggerTexts } from './triggers';

const order: readonly ArmTrigger[] = ['goroutines', 'recorder', 'periodic'];

/** What to wait for, each with what it needs and costs; then how long, and how many traces. */
export function ArmForm({
  id,
  lock,
  every,
  usual,
  longest,
  minutes,
  arm,
}: {
  readonly id: string;
  /** Armed for this lock alone; undefined = whichever stalls. */
  readonly lock: string | undefined;
  /** The scrape interval in words. */
  readonly every: string;
  /** Seconds of a trace. */
  readonly usual: number;
  readonly longest: number;
  /** How long it stays armed, when nothing else is said. */
  readonly minutes: number;
  readonly arm: (state: ArmFormState, form: FormData) => Promise<ArmFormState>;
}) {
  const [state, action, pending] = useActionState(arm, { problem: undefined });
  const [chosen, setChosen] = useState<ArmTrigger>('goroutines');
  const texts = triggerTexts(every, lock !== undefined);
  const { threshold, hasLength } = texts[chosen];
  return (
    <form action={action} className="tg-arm">
      <input type="hidden" name="id" value={id} />
      {lock === undefined ? null : <input type="hidden" name="lock" value={lock} />}
      <fieldset>
        <legend>Record a trace when</legend>
        {order.map((trigger) => {
          const { name, does, needs, costs } = texts[trigger];
          return (
            <label key={trigger} className="tg-trigger">
              <input
                type="radio"
                name="trigger"
                value={trigger}
                checked={trigger === chosen}
                onChange={() => setChosen(trigger)}
              />
              <span>
                <b>{name}</b> {does}
                <span className="micro">
                  Needs: {needs} Costs: {costs}
                </span>
              </span>
            </label>
          );
        })}
      </fieldset>
      <div className="form-row">
        {threshold === undefined ? null : (
          <NumberField key={chosen} label={threshold.label} name="threshold" usual={threshold.usual} most={1e7} />
        )}
        {hasLength ? <NumberField label="Seconds of each trace" name="seconds" usual={usual} most={longest} /> : null}
        <NumberField label="Traces, then stop" name="most" usual={1} most={20} />
        <NumberField label="Armed for (minutes)" name="minutes" usual={minutes} most={1440} />
        <button type="submit" className="btn primary" disabled={pending}>
          {pending ? 'Arming' : 'Arm'}
        </button>
        <p role="status" className="bad">
          {state.problem ?? ''}
        </p>
      </div>
    </form>
  );
}

function NumberField({
  label,
  name,
  usual,
  most,
}: {
  readonly label: string;
  readonly name: string;
  readonly usual: number;
  readonly most: number;
}) {
  return (
    <label className="label">
      {label}
      <input className="field" name={name} type="number" min={1} max={most} defaultValue={usual} required />
    </label>
  );
}
