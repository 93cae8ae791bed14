import { analyseAgain } from '@/app/_captures/actions';
import { CaptureAction } from '@/app/_captures/capture-action';
import type { Problem } from '@/app/_server/attempt';
import { LinkButton } from '@/components/ui/button';
import { ProblemState } from '@/components/ui/problem-state';
import { State } from '@/components/ui/state';
import type { CaptureRecord } from '@/lib/catalog/captures';
import type { AnalysisProgress } from '@/lib/traces/port';
import { formatBytes } from '@/lib/units-format';
import { CaptureUnderWay } from './capture-under-way';

/** A capture that has no picture yet, or none any more: why, and what can be done. */
export function CaptureState({
  capture,
  progress,
}: {
  readonly capture: CaptureRecord;
  readonly progress: AnalysisProgress | undefined;
}) {
  const { id, status, error, filename, sizeBytes } = capture;
  switch (status) {
    case 'waiting':
    case 'analysing':
    case 'done':
      return (
        <State title={`${filename} is being analysed`}>
          <p>{formatBytes(sizeBytes)}; the page opens by itself when it is through.</p>
          <CaptureUnderWay id={id} progress={progress} />
        </State>
      );
    case 'cancelled':
      return (
        <State title="The analysis was stopped">
          <p>The recording {filename} is kept. Nothing of it is shown until it was read to its end.</p>
          <CaptureAction id={id} action={analyseAgain}>
            Analyse again
          </CaptureAction>
        </State>
      );
    case 'failed':
      return (
        <State title="This recording could not be analysed" mood="bad">
          <p>{error?.message ?? 'The analysis ended without a reason.'}</p>
          <p>{adviceOf(error?.code ?? '')}</p>
          {error === undefined ? null : (
            <p className="micro">
              <code>{error.code}</code> · {filename}, {formatBytes(sizeBytes)}
            </p>
          )}
          <span className="state-ways">
            <CaptureAction id={id} action={analyseAgain}>
              Try again
            </CaptureAction>
            <LinkButton href="/traces">Other captures</LinkButton>
          </span>
        </State>
      );
  }
}

/** What the person can do about a failure. */
function adviceOf(code: string): string {
  if (code === 'gotrace.version') {
    return 'Record it with a program built by Go 1.22 or newer: go tool trace of that Go version can still read this one.';
  }
  if (code.startsWith('gotrace.')) {
    return 'Record it again, and let the recording end (trace.Stop) before the file is copied; a cut file is read as far as it is whole.';
  }
  return 'The file is kept: it can be analysed again once the cause is gone.';
}

/** A page that could not be read: an address that cannot be read, an analysis that is damaged, or a fault. */
export function TraceProblem({
  id,
  path,
  problem,
}: {
  readonly id: string;
  readonly path: string;
  readonly problem: Problem;
}) {
  if (
    ['trace.param', 'trace.no-lock', 'trace.no-site', 'trace.no-wait', 'trace.no-hold', 'trace.window'].includes(
      problem.code,
    )
  ) {
    return (
      <State title="The address holds something that cannot be read" mood="bad">
        <p>{problem.message}</p>
        <LinkButton href={path}>Show the capture without it</LinkButton>
      </State>
    );
  }
  if (problem.code.startsWith('trace.analysis-')) {
    return (
      <State title="What was found in this capture cannot be read any more" mood="bad">
        <p>{problem.message}</p>
        <p>The recording itself is kept: it can be analysed again.</p>
        <CaptureAction id={id} action={analyseAgain}>
          Analyse again
        </CaptureAction>
      </State>
    );
  }
  return <ProblemState what="The capture" problem={problem} />;
}
