import { RetryButton } from './retry-button';
import { State } from './state';

/** A panel whose query failed: what failed, under which id the server logged it, and Retry. The rest of the page stays. */
export function ProblemState({
  what,
  problem,
}: {
  readonly what: string;
  readonly problem: { readonly code: string; readonly message: string; readonly id: string };
}) {
  return (
    <State title={`${what} could not be read`} mood="bad">
      <p>{problem.message}</p>
      <p className="micro">
        <code>{problem.code}</code> · request <code>{problem.id}</code>, also in the server's log
      </p>
      <RetryButton />
    </State>
  );
}
