import { parseArgs } from 'node:util';
import { LockscopeError } from '@/lib/errors';

export const ciCommentHelp = `Usage: lockscope ci comment --diff FILE [options]

Posts what lockscope ci compare --json or ci run --json found: one comment on the pull request that
is edited in place, a check run or commit status, and the job's summary. GitHub, Gitea and Forgejo;
repository, pull request and addresses are read from the CI job's variables.

What is said:
  --diff FILE             lockscope/diff/v1
  --report FOLDER         what ci run --out wrote: base, machine, commands
  --failed TEXT           in place of --diff: why nothing could be compared
  --suite NAME            one comment a suite (the report's, else "default")
  --project NAME          (the repository's name)
  --service NAME          in the headline (the project)
  --budget FILE           .lockscope.yml (read from the pull request's base branch)
  --link URL              page of the comparison

Where:
  --token TOKEN           or LOCKSCOPE_FORGE_TOKEN, GITHUB_TOKEN, GITEA_TOKEN
  --forge github|gitea    (by the job's variables)
  --repo OWNER/NAME  --pull N  --head COMMIT   in place of the job's
  --workflow-run          of a workflow that ran before (forks): finds the pull request by its head

How:
  --mode on-change|always|never   when to comment (the budget's, else on-change)
  --gate                  a regression fails the check and the command (also: mode: gate in the budget)
  --fail-inconclusive     exit 5 when it cannot be told
  --print                 print the comment and post nothing
  --strict                exit 4 when the forge cannot be reached or refuses
  --json                  one JSON document, lockscope/ci-comment/v1
  --help
`;

const modes = ['on-change', 'always', 'never'] as const;
const forges = ['github', 'gitea'] as const;

export type CiCommentOptions = ReturnType<typeof parseCiCommentOptions>;

/** Reads the arguments of `lockscope ci comment`. Throws `cli.usage`, or what `node:util` throws. */
export function parseCiCommentOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{
        diff: text,
        report: text,
        failed: text,
        suite: text,
        project: text,
        service: text,
        budget: text,
        link: text,
      },
      ...{ token: text, forge: text, repo: text, pull: text, head: text, mode: text },
      ...{ 'workflow-run': flag, gate: flag, 'fail-inconclusive': flag, print: flag, strict: flag, json: flag },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const usage = (message: string) => new LockscopeError('cli.usage', `${message} (lockscope ci comment --help)`);
  const oneOf = <T extends string>(name: string, value: string | undefined, known: readonly T[]): T | undefined => {
    const found = known.find((one) => one === value);
    if (value !== undefined && found === undefined) throw usage(`--${name} ${value}: expected ${known.join(' or ')}`);
    return found;
  };
  const pull = values.pull === undefined ? undefined : Number(values.pull);
  if (pull !== undefined && !(Number.isInteger(pull) && pull > 0))
    throw usage(`--pull ${values.pull}: expected a number`);
  if (values.help !== true && (values.diff === undefined) === (values.failed === undefined))
    throw usage('give --diff FILE, or --failed TEXT');
  return {
    ...values,
    pull,
    mode: oneOf('mode', values.mode, modes),
    forge: oneOf('forge', values.forge, forges),
    workflowRun: values['workflow-run'] === true,
    failInconclusive: values['fail-inconclusive'] === true,
  };
}
