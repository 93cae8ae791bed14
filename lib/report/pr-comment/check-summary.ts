import type { CommentContext, Compared, Failure } from './context';
import { verdictWords } from './verdict-line';

/** What the check run or commit status of a suite says. */
export interface CheckSummary {
  /** The same for every report of the suite: branch protection matches it. */
  readonly name: string;
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
}

/** Red only in gate mode; what cannot be told, and report mode with something to see, are neutral. */
export function checkSummary(
  comparison: Compared,
  context: Pick<CommentContext, 'project' | 'suite' | 'mode'>,
): CheckSummary {
  return {
    name: checkName(context),
    conclusion: conclusionOf(comparison, context.mode),
    title: verdictWords(comparison),
  };
}

/** Neither green nor red: nothing was compared. */
export function failedCheck(failure: Pick<Failure, 'project' | 'suite'>): CheckSummary {
  return { name: checkName(failure), conclusion: 'neutral', title: '✕ Could not compare' };
}

function checkName({ project, suite }: Pick<CommentContext, 'project' | 'suite'>): string {
  // Two projects of one repository may have suites of one name; the check's name must differ.
  const name = suite === project ? suite : `${project} ${suite}`;
  return `Lockscope / ${name.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd').slice(0, 80)}`;
}

function conclusionOf({ verdict }: Compared, mode: CommentContext['mode']): CheckSummary['conclusion'] {
  switch (verdict) {
    case 'regression':
      return mode === 'gate' ? 'failure' : 'neutral';
    case 'unchanged':
    case 'improved':
      return 'success';
    case 'suspicious':
    case 'inconclusive':
      return 'neutral';
  }
}
