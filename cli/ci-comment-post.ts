import type { Check, CheckOutcome, Forge } from '@/lib/forge/port';
import { postSticky, type StickyComment, type StickyOutcome } from '@/lib/forge/sticky-comment';
import { annotationsOf } from '@/lib/report/pr-comment/annotations';
import { checkSummary, failedCheck } from '@/lib/report/pr-comment/check-summary';
import type { CommentContext, Compared } from '@/lib/report/pr-comment/context';
import { commentMarker, isOfLaterRun } from '@/lib/report/pr-comment/marker';
import { renderComment, renderFailure, withoutTime } from '@/lib/report/pr-comment/render';

export interface Report {
  /** undefined = nothing could be compared, because of `failure`. */
  readonly comparison: Compared | undefined;
  readonly failure: string;
  readonly context: CommentContext;
  readonly mode: StickyComment['mode'];
  readonly pull: number | undefined;
}

export interface Posted {
  /** undefined = no pull request. */
  readonly comment: StickyOutcome | undefined;
  readonly check: CheckOutcome;
}

/** The report as Markdown of at most `budget` characters. */
export function markdownOf({ comparison, failure, context }: Report, budget: number, everything?: boolean): string {
  if (comparison === undefined) return renderFailure({ ...context, reason: failure });
  return renderComment(comparison, context, { budget, ...(everything === undefined ? {} : { everything }) }).markdown;
}

/** Sets the check of the head, then the pull request's comment. Throws what the forge's calls throw. */
export async function postReport(forge: Forge, report: Report): Promise<Posted> {
  const check = await forge.setCheck(checkOf(report));
  const { pull, context } = report;
  if (pull === undefined) return { comment: undefined, check };
  const { run } = context;
  const comment = await postSticky(forge, {
    pull,
    marker: commentMarker(context),
    headSha: context.headSha,
    body: (budget) => markdownOf(report, budget),
    mode: report.mode,
    // What could not be told is worth a comment as little as what did not change: the check says it.
    news:
      report.comparison === undefined || ['regression', 'suspicious', 'improved'].includes(report.comparison.verdict),
    same: (one, other) => withoutTime(one) === withoutTime(other),
    isLater: (body) => run !== undefined && isOfLaterRun(body, run),
    knownId: undefined,
  });
  return { comment, check };
}

function checkOf(report: Report): Check {
  const { comparison, context } = report;
  const { name, conclusion, title } =
    comparison === undefined ? failedCheck(context) : checkSummary(comparison, context);
  return {
    sha: context.headSha,
    ...{ name, title, state: conclusion, link: context.link, checkRun: undefined },
    summary: markdownOf(report, longestSummary),
    annotations: comparison === undefined ? [] : annotationsOf(comparison, context.touched),
  };
}

const longestSummary = 60_000;
