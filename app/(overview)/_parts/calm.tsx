import { SentenceText } from '@/components/ui/sentence-text';
import type { Overview, ServiceSummary } from '@/lib/query/result';
import { calmSentence } from '@/lib/report/service-sentence';

/** The rest of the services in one sentence; the page's first sentence when none is in trouble. */
export function Calm({
  overview,
  trouble,
  now,
}: {
  readonly overview: Overview;
  readonly trouble: readonly ServiceSummary[];
  readonly now: number;
}) {
  const sentence = <SentenceText sentence={calmSentence(overview, now)} />;
  return (
    <>
      {trouble.length === 0 ? (
        <h1 className="verdict">
          <span className="ok" aria-hidden="true">
            ✓{' '}
          </span>
          {sentence}
        </h1>
      ) : (
        <p className="calm">
          <span className="good" aria-hidden="true">
            ✓
          </span>
          <span>{sentence}</span>
        </p>
      )}
      {/* Without numbers, so that a screen reader hears of a change of the verdict and not of every bucket. */}
      <p className="sr" aria-live="polite">
        {trouble.length === 0
          ? 'No service is in trouble.'
          : trouble
              .map(({ service, worst }) => `${service}: goroutines wait on ${worst?.lock.name ?? 'a lock'}.`)
              .join(' ')}
      </p>
    </>
  );
}
