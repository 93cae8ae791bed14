'use client';
// Client: follows the analysis, and reads the page again when it is through.
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { cancelAnalysis } from '@/app/_captures/actions';
import { CaptureAction } from '@/app/_captures/capture-action';
import { readStatus } from '@/app/traces/(list)/_parts/capture-status';
import { progressText } from '@/app/traces/(list)/_parts/progress-text';
import type { AnalysisProgress } from '@/lib/traces/port';

/** Often enough that a small trace opens at once. */
const askMs = 500;

/** How far the analysis is, and the way to stop it. */
export function CaptureUnderWay({
  id,
  progress: first,
}: {
  readonly id: string;
  readonly progress: AnalysisProgress | undefined;
}) {
  const router = useRouter();
  const [progress, setProgress] = useState(first);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const status = document.hidden ? undefined : await readStatus(id);
      if (over) return;
      if (status !== undefined && status.status !== 'waiting' && status.status !== 'analysing') {
        router.refresh();
        return;
      }
      if (status?.progress !== undefined) setProgress(status.progress);
      timer = setTimeout(() => void look(), askMs);
    };
    timer = setTimeout(() => void look(), askMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [id, router]);
  return (
    <div className="analysing">
      <progress
        aria-label="Analysed"
        max={progress?.ofBytes ?? 1}
        value={progress?.phase === 'locks' || progress?.phase === 'keeping' ? undefined : progress?.bytes}
      />
      <p role="status">{progress === undefined ? 'Waiting to be analysed' : progressText(progress)}</p>
      <CaptureAction id={id} action={cancelAnalysis}>
        Cancel
      </CaptureAction>
    </div>
  );
}
