import { exitCode } from './exit-code';
import type { Io } from './io';

interface Subcommand {
  readonly summary: string;
  readonly load: () => Promise<{ readonly run: (args: string[], io: Io) => Promise<number> }>;
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  run: { summary: 'measure a change against its base, and say what it costs', load: () => import('./ci-run') },
  compare: { summary: 'compare two folders of runs, and answer with an exit code', load: () => import('./ci-compare') },
  comment: { summary: 'say in the pull request what was found', load: () => import('./ci-comment') },
};

/** `lockscope ci …`: the pull-request gate. */
export async function run(args: string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  const subcommand = name === undefined ? undefined : subcommands[name];
  if (subcommand !== undefined) return (await subcommand.load()).run(rest, io);
  const asked = name === '--help' || name === '-h' || name === undefined;
  if (!asked) io.stderr(`lockscope ci: there is no command "${name}"\n\n`);
  (name === undefined || !asked ? io.stderr : io.stdout)(overview());
  return name === undefined || !asked ? exitCode.usage : exitCode.fine;
}

function overview(): string {
  const lines = Object.entries(subcommands).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return `Usage: lockscope ci <command> [options]\n\n${lines.join('\n')}\n\nlockscope ci <command> --help tells its options.\n`;
}
