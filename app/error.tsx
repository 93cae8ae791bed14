'use client';
// Client: Next's error boundary.
import { PageHead } from '@/components/ui/page-head';
import { State } from '@/components/ui/state';

/** A page that failed as a whole; the server's log has the same digest beside the stack. */
export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <>
      <PageHead crumbs={[{ name: 'Overview', href: '/' }]} title="Error" />
      <State title="This page could not be shown" mood="bad">
        <p>{error.message}</p>
        {error.digest === undefined ? null : (
          <p className="micro">
            digest <code>{error.digest}</code>, also in the server's log
          </p>
        )}
        <button type="button" className="btn" onClick={reset}>
          Retry
        </button>
      </State>
    </>
  );
}
