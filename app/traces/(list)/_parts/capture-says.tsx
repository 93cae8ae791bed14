import Link from 'next/link';
import { analyseAgain } from '@/app/_captures/actions';
import { CaptureAction } from '@/app/_captures/capture-action';
import { captureLockSentence } from '@/app/_captures/capture-sentence';
import type { ListedCapture } from '@/app/_server/captures';
import { SentenceText } from '@/components/ui/sentence-text';
import { UnderWay } from './under-way';

/** What a capture shows, or why it does not show it yet: its worst lock, its progress, its failure. */
export function CaptureSays({ row }: { readonly row: ListedCapture }) {
  const { capture, worst, progress } = row;
  switch (capture.status) {
    case 'waiting':
    case 'analysing':
      return <UnderWay id={capture.id} progress={progress} />;
    case 'done':
      return worst === undefined ? (
        <p className="muted">Nothing waited for a lock.</p>
      ) : (
        <p>
          <Link
            className="plain"
            prefetch={false}
            href={`/traces/${capture.id}?lock=${encodeURIComponent(worst.lockId)}`}
          >
            <SentenceText sentence={captureLockSentence(worst)} />
          </Link>
        </p>
      );
    case 'failed':
      return (
        <div className="tr-way">
          <p className="bad">
            It could not be analysed{capture.error === undefined ? '.' : `: ${capture.error.message}`}{' '}
            {capture.error === undefined ? null : <code className="micro">{capture.error.code}</code>}
          </p>
          <CaptureAction id={capture.id} action={analyseAgain} className="btn small">
            Try again
          </CaptureAction>
        </div>
      );
    case 'cancelled':
      return (
        <div className="tr-way">
          <p className="muted">Its analysis was stopped; the file is here.</p>
          <CaptureAction id={capture.id} action={analyseAgain} className="btn small">
            Analyse
          </CaptureAction>
        </div>
      );
  }
}
