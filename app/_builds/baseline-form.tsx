'use client';
// Client: shows what the action answered beside the fields.
import { type ReactNode, useActionState, useState } from 'react';
import type { Baseline } from '@/lib/catalog/builds';
import type { BaselineFormState } from './actions';

/** One of the baselines a service can have; each with the field it takes. */
export function BaselineForm({
  service,
  chosen,
  builds,
  branches,
  window,
  choose,
}: {
  readonly service: string;
  readonly chosen: Baseline;
  /** Newest first. */
  readonly builds: readonly string[];
  readonly branches: readonly string[];
  readonly window: { readonly from: number; readonly to: number; readonly text: string };
  readonly choose: (state: BaselineFormState, form: FormData) => Promise<BaselineFormState>;
}) {
  const [state, action, pending] = useActionState(choose, { problem: undefined });
  const [kind, setKind] = useState<Baseline['kind']>(chosen.kind);
  const option = (value: Baseline['kind'], text: string, field: ReactNode) => (
    <div className="bd-option">
      <label>
        <input type="radio" name="kind" value={value} checked={kind === value} onChange={() => setKind(value)} /> {text}
      </label>
      {kind === value ? field : null}
    </div>
  );
  return (
    <form action={action} className="bd-form">
      <input type="hidden" name="service" value={service} />
      <fieldset>
        <legend className="sr">Compare with</legend>
        {option('previous', 'The build before the one looked at', null)}
        {builds.length === 0
          ? null
          : option(
              'pinned',
              'A pinned build',
              <Choice
                label="Build"
                name="build"
                values={builds}
                chosen={chosen.kind === 'pinned' ? chosen.build : undefined}
              />,
            )}
        {branches.length === 0
          ? null
          : option(
              'branch',
              'The newest build of a branch',
              <Choice
                label="Branch"
                name="branch"
                values={branches}
                chosen={chosen.kind === 'branch' ? chosen.branch : undefined}
              />,
            )}
        {option('yesterday', 'The same time yesterday', null)}
        {option(
          'window',
          `The window of this page: ${window.text}`,
          <>
            <input type="hidden" name="from" value={window.from} />
            <input type="hidden" name="to" value={window.to} />
          </>,
        )}
      </fieldset>
      <button type="submit" className="btn" disabled={pending}>
        {pending ? 'Setting' : 'Set baseline'}
      </button>
      <p role="status" className="bad">
        {state.problem ?? ''}
      </p>
    </form>
  );
}

function Choice({
  label,
  name,
  values,
  chosen,
}: {
  readonly label: string;
  readonly name: string;
  readonly values: readonly string[];
  readonly chosen: string | undefined;
}) {
  return (
    <select className="field" name={name} aria-label={label} defaultValue={chosen ?? values[0]}>
      {values.map((value) => (
        <option key={value}>{value}</option>
      ))}
    </select>
  );
}
