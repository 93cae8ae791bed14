import { execa } from 'execa';
import { LockscopeError } from '@/lib/errors';

export interface ChildOptions {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface FinishedChild {
  readonly exitCode: number;
  readonly stdout: string;
  /** stdout and stderr as they came. */
  readonly output: string;
}

const killAfterMs = 3_000;

/**
 * Runs a program to its end, whatever its exit code. On abort the child gets SIGTERM, then SIGKILL, and the promise
 * rejects with `cli.interrupted`. Throws `cli.missing` when there is no such program, `input.timeout`, and
 * `input.killed` for one that a signal ended.
 */
export async function runChild(
  program: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<FinishedChild> {
  const result = await execa(program, args, {
    cwd: options.cwd,
    cancelSignal: options.signal,
    env: options.env ?? {},
    timeout: options.timeoutMs ?? 0,
    forceKillAfterDelay: killAfterMs,
    stdin: 'ignore',
    all: true,
    reject: false,
    stripFinalNewline: false,
  });
  if (result.isCanceled) throw new LockscopeError('cli.interrupted', 'interrupted');
  const called = [program, ...args].join(' ');
  if (result.timedOut)
    throw new LockscopeError('input.timeout', `${called}: not done after ${(options.timeoutMs ?? 0) / 1_000} s`, {
      place: options.cwd,
    });
  if (result.code === 'ENOENT')
    throw new LockscopeError('cli.missing', `${program} cannot be run in ${options.cwd}: is it installed?`);
  if (result.exitCode === undefined)
    throw new LockscopeError(
      'input.killed',
      `${called}: ended by ${result.signal ?? result.shortMessage}\n${result.all}`,
    );
  return { exitCode: result.exitCode, stdout: result.stdout, output: result.all };
}
