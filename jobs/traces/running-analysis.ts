import type { AnalysisStep } from '@/lib/traces/analyse-blob';
import type { RunningAnalysis } from '@/lib/traces/analysis-thread';
import type { AnalysisProgress } from '@/lib/traces/port';

/** The capture that is analysed now. */
export interface Running {
  readonly id: string;
  readonly startedMs: number;
  analysis: RunningAnalysis | undefined;
  step: AnalysisStep | undefined;
  /** Someone asked for its end: it is not a failure then. */
  ended: 'cancelled' | 'stopped' | undefined;
  done: Promise<void>;
}

/** Time left is that of reading the rest as fast as so far; how long finding the locks and keeping them takes is not known before. */
export function progressOf({ startedMs, step }: Running): AnalysisProgress {
  if (step === undefined) return { ahead: 0, phase: 'reading', bytes: 0, ofBytes: 0, events: 0, secondsLeft: null };
  const { phase, bytes, ofBytes } = step;
  const passed = (Date.now() - startedMs) / 1_000;
  const secondsLeft = phase !== 'reading' || bytes === 0 ? null : (passed / bytes) * (ofBytes - bytes);
  return { ahead: 0, ...step, secondsLeft };
}
