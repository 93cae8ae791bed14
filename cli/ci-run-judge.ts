import type { Budget } from '@/lib/budget/budget';
import { idleRules, rulesOfFunction } from '@/lib/budget/rules-of-function';
import { matchesAny } from '@/lib/contention/function-pattern';
import type { DiffDocument } from '@/lib/query/api/diff';
import { formatPlural } from '@/lib/units-format';
import { decidingOf } from './budget-deciding';
import type { CiMeta } from './ci-meta';
import type { RunFolder } from './ci-run-folder';
import { compareArms } from './compare-arms';
import { diffDocument } from './diff-document';
import { parseDiffOptions } from './diff-options';

export interface Judging {
  readonly folder: RunFolder;
  readonly budget: Budget;
  readonly meta: CiMeta;
  /** False discovery rate of this look. */
  readonly q: number;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

/** Compares the runs in a folder under a budget, with notes on the base used and on the budget's rules. */
export async function judgeRuns({ folder, budget, meta, q, today }: Judging): Promise<DiffDocument> {
  const wrappers = budget.wrappers.flatMap((pattern) => ['--wrapper', pattern]);
  const options = parseDiffOptions('ci run', ['--base', folder.arms.base, '--head', folder.arms.head, ...wrappers]);
  const deciding = { ...decidingOf(budget, today, q), touched: meta.touched };
  const document = diffDocument(await compareArms(options, deciding));
  return {
    ...document,
    notes: [...document.notes, ...notesOf(meta, budget, document, today)],
    left_out: {
      ...document.left_out,
      ...(meta.leftOut.length === 0
        ? {}
        : { benchmarks: meta.leftOut.map(({ what, reason }) => ({ benchmark: what, reason: `${what}: ${reason}` })) }),
    },
  };
}

/** What bears on the verdict and is not in the runs themselves. */
export function notesOf(meta: CiMeta, budget: Budget, document: DiffDocument, today: string): DiffDocument['notes'] {
  const functions = [...new Set(document.sites.map(({ site }) => site.function))];
  const { matchNothing, expired } = idleRules(budget, functions, today, matchesAny);
  const note = (code: string, message: string) => ({ code, message });
  return [
    note('base', `base ${(meta.base.commit ?? meta.base.label).slice(0, 12)}: ${meta.base.source}`),
    ...(meta.looks === 2
      ? [note('second-look', 'the first look was suspicious: as many runs again were made, and all were judged anew')]
      : []),
    ...(meta.budget.source === null ? [] : [note('budget', `rules: ${meta.budget.source}, ${budget.mode} mode`)]),
    ...(meta.budget.changedHere
      ? [note('budget-changed', 'this change edits .lockscope.yml: its new rules count once it is merged')]
      : []),
    ...matchNothing.map(({ pattern, line }) =>
      note('budget-rule-idle', `.lockscope.yml:${line}: ${pattern} matches nothing that was measured`),
    ),
    ...expired.map(({ what, line, expires }) =>
      note('budget-rule-expired', `.lockscope.yml:${line}: ${what} expired on ${expires}`),
    ),
    ...(meta.leftOut.length === 0
      ? []
      : [note('not-on-both-sides', `${formatPlural(meta.leftOut.length, 'benchmark')} exist on one side only`)]),
  ];
}

/** True when a regression stands at a function whose rule does not only warn. */
export function failsGate(document: DiffDocument, budget: Budget, today: string): boolean {
  return document.sites.some(
    ({ verdict, primary, site }) =>
      primary &&
      verdict === 'regression' &&
      rulesOfFunction(budget, site.function, today, matchesAny).severity === 'fail',
  );
}
