import { appendFile } from 'node:fs/promises';
import { parseBudget } from '@/lib/budget/parse';
import { errorCode, errorMessage } from '@/lib/errors';
import { commentContextOf, comparedOf } from './ci-comment-context';
import { readCommentInput } from './ci-comment-input';
import { type CiCommentOptions, ciCommentHelp, parseCiCommentOptions } from './ci-comment-options';
import { markdownOf, type Posted, postReport, type Report } from './ci-comment-post';
import { findPlace, namedBudget, type Place, readJob } from './ci-comment-where';
import { exitCode } from './exit-code';
import type { Io } from './io';

/** GitHub takes 1 MiB a step; characters, of up to three bytes each. */
const longestSummary = 300_000;

/** `lockscope ci comment`: says in the pull request what a comparison found. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseCiCommentOptions(args);
  if (options.help) {
    io.stdout(ciCommentHelp);
    return exitCode.fine;
  }
  const input = await readCommentInput(options.diff, options.report);
  const job = await readJob(options, input, io);
  const named = await namedBudget(options);
  const asked = await tried(options, io, async () => (options.print ? undefined : findPlace(options, input, job, io)));
  const place = asked.value;
  const budget = named ?? place?.budget ?? parseBudget('', '');
  const { document } = input;
  const report: Report = {
    comparison: document === undefined ? undefined : comparedOf(document),
    failure: options.failed ?? '',
    context: commentContextOf({
      ...{ input, options, budget, env: io.env, now: io.now(), repository: job.repository },
      headSha: place?.headSha ?? job.headSha,
      baseBranch: place?.baseBranch ?? job.baseLabel,
      touched: place?.touched ?? input.meta?.touched ?? [],
    }),
    mode: options.mode ?? budget.comment,
    pull: place?.pull,
  };
  if (options.print) io.stdout(markdownOf(report, longestSummary));
  else await writeSummary(report, io);
  const posted =
    place === undefined ? undefined : (await tried(options, io, () => postReport(place.forge, report))).value;
  if (!options.print) say(report, place, posted, options, io);
  return codeOf(report, options);
}

/** Runs what needs the forge; without `--strict` its refusal is a warning. */
async function tried<T>(
  options: CiCommentOptions,
  io: Io,
  call: () => Promise<T>,
): Promise<{ readonly value: T | undefined }> {
  try {
    return { value: await call() };
  } catch (error) {
    if (options.strict || errorCode(error)?.startsWith('forge.') !== true) throw error;
    io.stderr(`lockscope ci comment: not posted: ${errorMessage(error)}\n`);
    return { value: undefined };
  }
}

/** The job's summary page is written whatever the forge says, so that a fork's run shows something too. */
async function writeSummary(report: Report, { env }: Io): Promise<void> {
  const path = env.GITHUB_STEP_SUMMARY;
  if (path !== undefined && path !== '') await appendFile(path, `${markdownOf(report, longestSummary, true)}\n`);
}

function say(
  report: Report,
  place: Place | undefined,
  posted: Posted | undefined,
  options: CiCommentOptions,
  io: Io,
): void {
  const comment = posted?.comment;
  if (options.json) {
    const document = {
      schema: 'lockscope/ci-comment/v1',
      repository: place?.forge.repository ?? null,
      pull: report.pull ?? null,
      head: report.context.headSha,
      comment: comment === undefined ? null : { did: comment.did, id: 'id' in comment ? comment.id : null },
      check: posted === undefined ? null : posted.check.as,
      notes: [],
      left_out: {},
    };
    io.stdout(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  if (posted === undefined) return;
  const where = report.pull === undefined ? 'no pull request' : `pull request ${report.pull}`;
  io.stdout(`${where}: comment ${comment === undefined ? 'none' : words[comment.did]}, ${posted.check.as} set\n`);
}

const words = {
  created: 'posted',
  updated: 'edited',
  unchanged: 'left as it is: it says the same',
  quiet: 'not posted: nothing to see',
  never: 'not posted: mode never',
  stale: 'left as it is: a later head or run has reported',
  closed: 'not posted: the pull request is closed',
} as const;

function codeOf({ comparison, context }: Report, options: CiCommentOptions): number {
  if (comparison?.verdict === 'regression' && context.mode === 'gate') return exitCode.gateFailed;
  if (comparison?.verdict === 'inconclusive' && options.failInconclusive) return exitCode.inconclusive;
  return exitCode.fine;
}
