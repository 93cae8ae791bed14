import type { Budget } from '@/lib/budget/budget';
import type { DiffDocument } from '@/lib/query/api/diff';
import { defaultGates } from '@/lib/regression/options';
import type { CommentContext, Compared } from '@/lib/report/pr-comment/context';
import type { CommentInput } from './ci-comment-input';
import type { CiCommentOptions } from './ci-comment-options';

interface Situation {
  readonly input: CommentInput;
  readonly options: CiCommentOptions;
  readonly budget: Budget;
  readonly repository: string;
  readonly headSha: string;
  readonly baseBranch: string | undefined;
  readonly touched: CommentContext['touched'];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: number;
}

/** What the comment says beside the comparison, from the job's variables, the report and the budget. */
export function commentContextOf(situation: Situation): CommentContext {
  const { input, options, budget, repository, headSha, baseBranch, touched, env, now } = situation;
  const { meta, document, environment } = input;
  const project = options.project ?? repository.slice(repository.indexOf('/') + 1);
  const notes = document?.notes ?? [];
  return {
    project,
    suite: options.suite ?? meta?.suite ?? 'default',
    subject: options.service ?? project,
    base: {
      label: baseBranch ?? meta?.base.label ?? 'base',
      sha: meta?.base.commit ?? undefined,
      source: meta?.base.source ?? '',
    },
    headSha,
    link: options.link,
    mode: options.gate === true ? 'gate' : budget.mode,
    gates: {
      lock: budget.gates.lock ?? defaultGates.lock,
      cpu: budget.gates.cpu ?? defaultGates.cpu,
      time: budget.gates.time ?? defaultGates.time,
    },
    environment,
    budget: notes.filter(({ code }) => code.startsWith('budget')).map(({ message }) => message),
    touched,
    reproduce: meta === undefined ? [] : [meta.command],
    leftOut: leftOutOf(document),
    reportId: undefined,
    run: runOf(env),
    updatedAt: now,
  };
}

/** The comparison with the document's own notes among what bears on trust; those of base and budget stand elsewhere. */
export function comparedOf(document: DiffDocument): Compared {
  const elsewhere = (code: string) => code === 'base' || code.startsWith('budget');
  return { ...document, trust: [...document.trust, ...document.notes.filter(({ code }) => !elsewhere(code))] };
}

/** `3 sites: below 50 contentions`, `cpu.pb.gz: damaged`: whatever the document left out, as it says it. */
function leftOutOf(document: DiffDocument | undefined): string[] {
  return Object.entries(document?.left_out ?? {}).flatMap(([what, entries]) =>
    (Array.isArray(entries) ? entries : [entries]).map((entry: unknown) => {
      if (typeof entry !== 'object' || entry === null) return `${what}: ${String(entry)}`;
      const said = (name: string): unknown => Reflect.get(entry, name);
      const subject = said('count') === undefined ? said('file') : `${String(said('count'))} ${what}`;
      return [subject, said('reason')].filter((part) => part !== undefined).join(': ');
    }),
  );
}

function runOf(env: Situation['env']): CommentContext['run'] {
  const run = Number(env.GITHUB_RUN_ID);
  const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? 1);
  return env.GITHUB_RUN_ID !== undefined && Number.isSafeInteger(run) && Number.isSafeInteger(attempt)
    ? { run, attempt }
    : undefined;
}
