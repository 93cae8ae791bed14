import { type Budget, budgetFileName, type Suite } from '@/lib/budget/budget';
import { parseBudget } from '@/lib/budget/parse';
import { LockscopeError } from '@/lib/errors';
import { fileAt, type Repository } from './ci-git';
import type { CiRunOptions } from './ci-run-options';

export interface BaseBudget {
  readonly budget: Budget;
  /** `.lockscope.yml at 3f2a9c1`; null = no file. */
  readonly source: string | null;
  /** The change touches the file: what it says there counts once it is merged. */
  readonly changedHere: boolean;
}

/**
 * The budget as the base has it, so that a change cannot loosen its own gate; in the module's folder, else at the
 * root. Where the base has none, the head's own decides what is measured. Throws what `parseBudget` throws.
 */
export async function readBaseBudget(
  repository: Repository,
  base: string,
  head: { readonly sha: string; readonly changed: readonly string[]; readonly textInTree: string | undefined },
): Promise<BaseBudget> {
  const paths = [...new Set([`${repository.prefix}${budgetFileName}`, budgetFileName])];
  const changedHere = paths.some((path) => head.changed.includes(path));
  for (const path of paths) {
    const text = await fileAt(repository, base, path);
    if (text !== undefined)
      return { budget: parseBudget(text, path), source: `${path} at ${base.slice(0, 7)}`, changedHere };
  }
  const own = head.textInTree ?? (await fileAt(repository, head.sha, paths[0] ?? budgetFileName));
  if (own === undefined) return { budget: parseBudget('', budgetFileName), source: null, changedHere };
  return {
    budget: parseBudget(own, budgetFileName),
    source: `${budgetFileName} of this change: the base has none`,
    changedHere: true,
  };
}

/** The suite that the options ask for, with what they say in place of the file. Throws `cli.usage` for one not there. */
export function suiteFor(budget: Budget, options: CiRunOptions): Suite {
  const named =
    options.suite === undefined ? budget.suites[0] : budget.suites.find(({ name }) => name === options.suite);
  if (named === undefined) {
    const names = budget.suites.map(({ name }) => name).join(', ');
    throw new LockscopeError('cli.usage', `there is no suite ${options.suite ?? ''} in ${budgetFileName}: ${names}`);
  }
  const [said] = options.benchtime === undefined ? [] : parseBudget(suiteText(options.benchtime), '--benchtime').suites;
  return {
    ...named,
    packages: options.packages.length > 0 ? options.packages : named.packages,
    benchmarks: options.bench ?? named.benchmarks,
    benchtime: said?.benchtime ?? named.benchtime,
    gomaxprocs: options.gomaxprocs ?? named.gomaxprocs,
    runs: options.runs ?? named.runs,
  };
}

function suiteText(benchtime: string): string {
  return `suites: [{ name: asked, benchtime: ${benchtime} }]`;
}
