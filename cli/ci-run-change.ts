import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { budgetFileName, type Suite } from '@/lib/budget/budget';
import { errorCode } from '@/lib/errors';
import { type CiContext, readCiContext } from './ci-context';
import {
  branchOf,
  changedFiles,
  commitOf,
  defaultBase,
  isDirty,
  mergeBase,
  openRepository,
  patchOf,
  type Repository,
} from './ci-git';
import type { CiMeta } from './ci-meta';
import { type BaseBudget, readBaseBudget, suiteFor } from './ci-run-budget';
import type { CiRunOptions } from './ci-run-options';
import { touchedLines } from './ci-touched';

/** What is compared, before anything is measured. */
export interface Change {
  readonly repository: Repository;
  readonly baseSha: string;
  /** The commit to build the head from; undefined = the working tree. */
  readonly headSha: string | undefined;
  /** Paths from the root that differ; undefined = nothing differs, or all was asked for: measure every package. */
  readonly changed: readonly string[] | undefined;
  readonly budget: BaseBudget;
  readonly suite: Suite;
  readonly meta: Omit<CiMeta, 'benchmarks' | 'leftOut' | 'order' | 'looks'>;
}

/**
 * Finds out what the command compares: in a pull request's checkout the head is a merge of it, and its base the merge
 * base of that, which is the newest of the target branch. Throws what git and the budget file throw.
 */
export async function resolveChange(
  options: CiRunOptions,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Change> {
  const repository = await openRepository(folder, signal);
  const context = await readCiContext(env);
  const headSha = options.head === undefined ? undefined : await commitOf(repository, options.head);
  const tip = headSha ?? (await commitOf(repository, 'HEAD'));
  const baseName = options.base ?? (await defaultBase(repository, env));
  const baseSha = await mergeBase(repository, await commitOf(repository, baseName), tip);
  const changed = await changedFiles(repository, baseSha, headSha);
  const budget = await readBaseBudget(repository, baseSha, {
    sha: tip,
    changed,
    textInTree: headSha === undefined ? await readIfThere(join(folder, budgetFileName)) : undefined,
  });
  const suite = suiteFor(budget.budget, options);
  const touched = touchedLines(await patchOf(repository, baseSha, headSha), repository.prefix);
  return {
    repository,
    baseSha,
    headSha,
    changed: options.all || changed.length === 0 ? undefined : changed,
    budget,
    suite,
    meta: {
      schema: 'lockscope/ci-run/v1',
      command: repeated(options, suite.name, baseSha, context.headSha ?? tip),
      suite: suite.name,
      repo: context.repo ?? null,
      pull: context.pull ?? null,
      runAttempt: context.runAttempt,
      base: {
        commit: baseSha,
        label: context.baseLabel ?? baseName.replace(/^origin\//, ''),
        source: `merge base with ${baseName}, built in the same job`,
      },
      head: await headOf(context, repository, options, tip),
      budget: { source: budget.source, changedHere: budget.changedHere },
      touched,
    },
  };
}

async function headOf(
  context: CiContext,
  repository: Repository,
  options: CiRunOptions,
  tip: string,
): Promise<CiMeta['head']> {
  const told = options.head === undefined ? context.headSha : undefined;
  return {
    commit: told ?? tip,
    label: options.head ?? context.headLabel ?? (await branchOf(repository)) ?? 'working tree',
    mergeCommit: told !== undefined && told !== tip ? tip : null,
    dirty: options.head === undefined && (await isDirty(repository)),
  };
}

/** The command that measures the same again, from commits that the repository keeps. */
function repeated(options: CiRunOptions, suite: string, base: string, head: string): string {
  const said = [
    ...(options.bench === undefined ? [] : [`--bench '${options.bench.replaceAll("'", String.raw`'\''`)}'`]),
    ...options.packages.map((pattern) => `--package ${pattern}`),
    ...(options.benchtime === undefined ? [] : [`--benchtime ${options.benchtime}`]),
    ...(options.gomaxprocs === undefined ? [] : [`--cpu ${options.gomaxprocs}`]),
    ...(options.all ? ['--all'] : []),
  ];
  return ['lockscope ci run --suite', suite, ...said, '--base', base.slice(0, 12), '--head', head.slice(0, 12)].join(
    ' ',
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
