import { dispatch } from '../../cli/dispatch';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one `lockscope` command line in this process, without colour and with nothing but `env` around it. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const output = { stdout: '', stderr: '' };
  const code = await dispatch(args, {
    stdout: (text) => {
      output.stdout += text;
    },
    stderr: (text) => {
      output.stderr += text;
    },
    env,
    colour: false,
    now: () => Date.now(),
  });
  return { code, ...output };
}
