import { readFile } from 'node:fs/promises';
import { type Budget, budgetFileName } from '@/lib/budget/budget';
import { parseBudget } from '@/lib/budget/parse';
import { LockscopeError } from '@/lib/errors';
import type { ChangedLines, Forge } from '@/lib/forge/port';
import type { CommentInput } from './ci-comment-input';
import type { CiCommentOptions } from './ci-comment-options';
import { type CiContext, readCiContext } from './ci-context';
import { openForge } from './ci-forge';
import { pullOfWorkflowRun } from './ci-pull';
import type { Io } from './io';

/** What the job itself knows of where a report belongs. */
export interface Job extends CiContext {
  readonly repository: string;
  readonly headSha: string;
}

/** The job's repository and head by options, variables and report. Throws `cli.usage` for what nothing tells. */
export async function readJob(options: CiCommentOptions, { meta }: CommentInput, io: Io): Promise<Job> {
  const ci = await readCiContext(io.env);
  const repository = options.repo ?? ci.repo ?? meta?.repo ?? undefined;
  if (repository === undefined) throw new LockscopeError('cli.usage', 'no repository: --repo OWNER/NAME');
  const headSha = options.head ?? ci.headSha ?? meta?.head.commit ?? io.env.GITHUB_SHA;
  if (headSha === undefined) throw new LockscopeError('cli.usage', 'no commit: --head COMMIT');
  return { ...ci, repository, headSha, pull: options.pull ?? ci.pull ?? meta?.pull ?? undefined };
}

/** Where the report is posted, and what only the forge tells. */
export interface Place {
  readonly forge: Forge;
  readonly pull: number | undefined;
  readonly headSha: string;
  readonly baseBranch: string | undefined;
  /** Of the base branch, so that a pull request cannot loosen its own gate; undefined = there is none. */
  readonly budget: Budget | undefined;
  readonly touched: ChangedLines['files'];
}

/**
 * Asks the forge. After a workflow of a fork, pull request and head are what the forge tells, and a report of another
 * head is refused: `input.head`. Throws what the forge's calls throw.
 */
export async function findPlace(options: CiCommentOptions, input: CommentInput, job: Job, io: Io): Promise<Place> {
  const forge = await openForge(io.env, job.repository, { token: options.token, forge: options.forge });
  const { pull, headSha } = options.workflowRun ? await ofWorkflowRun(forge, input, io) : job;
  if (pull === undefined) return { forge, pull, headSha, baseBranch: job.baseLabel, budget: undefined, touched: [] };
  const { baseBranch, baseSha } = await forge.getPull(pull);
  const text = options.budget === undefined ? await forge.readFile(budgetFileName, baseSha) : undefined;
  const { files } = await forge.changedLines(pull);
  return {
    ...{ forge, pull, headSha, baseBranch, touched: files },
    budget: text === undefined ? undefined : parseBudget(text, `${budgetFileName} of ${baseBranch}`),
  };
}

/** The budget file that the options name; undefined without one. */
export async function namedBudget({ budget }: CiCommentOptions): Promise<Budget | undefined> {
  return budget === undefined ? undefined : parseBudget(await readFile(budget, 'utf8'), budget);
}

async function ofWorkflowRun(forge: Forge, { meta }: CommentInput, io: Io) {
  const found = await pullOfWorkflowRun(forge, io.env.GITHUB_EVENT_PATH, meta?.pull ?? undefined);
  const said = meta?.head.commit ?? undefined;
  if (said !== undefined && said !== found.headSha)
    throw new LockscopeError('input.head', `the report is of ${said}, the workflow ran for ${found.headSha}`);
  return found;
}
