import { errorCode } from '@/lib/errors';

/** Exit codes of every command (docs/api.md). */
export const exitCode = {
  /** Also: inconclusive. */
  fine: 0,
  gateFailed: 1,
  /** Wrong arguments or configuration. */
  usage: 2,
  /** Unreadable or invalid input, or nothing usable in it. */
  input: 3,
  /** Server or forge unreachable, or it refused. */
  remote: 4,
  inconclusive: 5,
} as const;

const byPrefix: readonly (readonly [prefix: string, code: number])[] = [
  ['cli.', exitCode.usage],
  ['config.', exitCode.usage],
  ['selection.', exitCode.usage],
  ['budget.', exitCode.usage],
  ['ERR_PARSE_ARGS_', exitCode.usage],
  ['pprof.', exitCode.input],
  ['gotrace.', exitCode.input],
  ['trace.', exitCode.input],
  ['profile.', exitCode.input],
  ['input.', exitCode.input],
  ['regression.', exitCode.input],
  ['pgo.', exitCode.input],
  ['ENOENT', exitCode.input],
  ['EACCES', exitCode.input],
  ['EISDIR', exitCode.input],
  ['remote.', exitCode.remote],
  ['forge.', exitCode.remote],
];

/** The exit code for an error that a command threw; undefined = a defect, which is shown with its stack. */
export function exitCodeOf(error: unknown): number | undefined {
  const code = errorCode(error);
  if (code === undefined) return undefined;
  return byPrefix.find(([prefix]) => code.startsWith(prefix))?.[1];
}
