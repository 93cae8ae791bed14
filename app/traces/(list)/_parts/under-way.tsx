'use client';
// Client: its text and bar follow the status that is asked for.
import { cancelAnalysis } from '@/app/_captures/actions';
import { CaptureAction } from '@/app/_captures/capture-action';
import type { AnalysisProgress } from '@/lib/traces/port';
import { useCaptureStatus } from './live-captures';
import { progressText } from './progress-text';

/** A capture that waits for its analysis or is in it: how far, and the way to stop it. `progress` is the page's own. */
export function UnderWay({
  id,
  progress: first,
}: {
  readonly id: string;
  readonly progress: AnalysisProgress | undefined;
}) {
  const heard = useCaptureStatus(id);
  const progress = heard === undefined ? first : heard.progress;
  if (heard !== undefined && heard.status !== 'waiting' && heard.status !== 'analysing') {
    return <p role="status">{throughText[heard.status] ?? heard.status}</p>;
  }
  return (
    <div className="tr-way">
      {progress === undefined || progress.phase === 'waiting' ? null : (
        <progress
          aria-label="Analysed"
          max={Math.max(1, progress.ofBytes)}
          value={progress.phase === 'reading' ? progress.bytes : undefined}
        />
      )}
      <p>{progress === undefined ? 'Waiting to be analysed' : progressText(progress)}</p>
      <CaptureAction id={id} action={cancelAnalysis} className="btn small">
        Cancel
      </CaptureAction>
    </div>
  );
}

const throughText: Readonly<Record<string, string>> = {
  done: 'Analysed',
  failed: 'The analysis failed',
  cancelled: 'The analysis was stopped',
};
