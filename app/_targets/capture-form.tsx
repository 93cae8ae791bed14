'use client';
// Client: counts the seconds while a trace is recorded.
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { type Recorded, recordTarget } from './record-target';

type State = { readonly at: 'idle' } | { readonly at: 'recording'; readonly seconds: number } | Recorded;

/** Records some seconds of a target, now. `where` says which target, for whoever cannot see it beside the button. */
export function CaptureForm({
  id,
  where,
  usual,
  longest,
}: {
  readonly id: string;
  readonly where: string;
  /** Seconds. */
  readonly usual: number;
  readonly longest: number;
}) {
  const router = useRouter();
  const field = useId();
  const [state, setState] = useState<State>({ at: 'idle' });
  const record = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const seconds = Number(new FormData(event.currentTarget).get('seconds'));
    setState({ at: 'recording', seconds });
    setState(await recordTarget(id, seconds));
    router.refresh();
  };
  const recording = state.at === 'recording';
  return (
    <form className="tg-capture" onSubmit={(event) => void record(event)}>
      <button type="submit" className="btn small" disabled={recording} aria-label={`Capture a trace of ${where}`}>
        Capture a trace
      </button>
      <label htmlFor={field} className="muted">
        of
      </label>
      <input
        id={field}
        className="field"
        name="seconds"
        type="number"
        min={1}
        max={longest}
        defaultValue={usual}
        required
        aria-label={`Seconds of ${where}`}
      />
      <span className="muted">s</span>
      {recording ? <Countdown seconds={state.seconds} /> : null}
      <p role="status" className={state.at === 'refused' ? 'bad' : 'muted'}>
        {state.at === 'refused' ? state.why : ''}
        {state.at === 'kept' ? (
          <>
            Recorded.{' '}
            <Link href={state.url} prefetch={false}>
              Open the trace
            </Link>
          </>
        ) : null}
      </p>
    </form>
  );
}

/** The seconds that have passed of those asked for, then that the trace is on its way. */
function Countdown({ seconds }: { readonly seconds: number }) {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const begin = performance.now();
    const timer = setInterval(() => setPassed((performance.now() - begin) / 1000), 250);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <progress max={seconds} value={Math.min(passed, seconds)} aria-label="Recorded" />
      <span className="muted">
        {passed < seconds ? `recording, ${Math.floor(passed)} of ${seconds} s` : 'recorded, it is being stored'}
      </span>
    </>
  );
}
