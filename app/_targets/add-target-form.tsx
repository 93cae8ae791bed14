'use client';
// Client: shows what the action answered beside the fields, without losing what was typed.
import { useActionState } from 'react';
import type { TargetFormState } from './actions';

/** The form that adds a scrape target. */
export function AddTargetForm({
  add,
}: {
  readonly add: (state: TargetFormState, form: FormData) => Promise<TargetFormState>;
}) {
  const [state, action, pending] = useActionState(add, { problem: undefined, added: undefined });
  return (
    <form action={action} className="form-row">
      <label className="label">
        Service
        <input className="field" name="service" placeholder="order-service" required />
      </label>
      <label className="label wide">
        Address of net/http/pprof
        <input className="field" name="url" type="url" placeholder="http://127.0.0.1:6060" required />
      </label>
      <label className="label">
        Build, if it does not tell
        <input className="field" name="build" placeholder="1.42.0" />
      </label>
      <label className="label">
        Every (s)
        <input
          className="field"
          name="every"
          type="number"
          min={1}
          max={3600}
          defaultValue={10}
          required
          style={{ width: 84 }}
        />
      </label>
      <button type="submit" className="btn primary" disabled={pending}>
        Scrape it
      </button>
      <p role="status" className={state.problem === undefined ? 'muted' : 'bad'}>
        {state.problem ?? (state.added === undefined ? '' : `${state.added} is scraped from now on.`)}
      </p>
    </form>
  );
}
