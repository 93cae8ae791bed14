import { errorMessage } from '@/lib/errors';
import { exitCode, exitCodeOf } from './exit-code';
import type { Io } from './io';

/** A command's file: `run` answers with an exit code, or throws an error that `exitCodeOf` knows. */
interface Command {
  readonly summary: string;
  readonly load: () => Promise<{ readonly run: (args: string[], io: Io) => Promise<number> }>;
}

/** Loaded when called, so that `top` does not wait for a server's modules. */
const commands: Readonly<Record<string, Command>> = {
  serve: { summary: 'start the server', load: () => import('./serve') },
  push: { summary: 'send profiles to a server', load: () => import('./push') },
  scrape: { summary: "fetch a Go service's profiles, print or push them", load: () => import('./scrape') },
  top: { summary: 'list the locks that goroutines wait for, and who holds them', load: () => import('./top') },
  trace: {
    summary: 'tell who waited for which lock in an execution trace, and who held it',
    load: () => import('./trace'),
  },
  diff: { summary: 'tell what got worse between two sets of runs, with statistics', load: () => import('./diff') },
  ci: { summary: 'the pull-request gate: run, compare, comment', load: () => import('./ci') },
  pgo: { summary: 'merge CPU profiles into the default.pgo that guides a build', load: () => import('./pgo') },
  doctor: { summary: 'check what a running Go service lets us see', load: () => import('./doctor') },
};

/** Runs one command line; returns the exit code. Never throws. */
export async function dispatch(args: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    return help(rest[0], io, first === undefined ? exitCode.usage : exitCode.fine);
  }
  const command = commands[first];
  if (command === undefined) {
    io.stderr(`lockscope: there is no command "${first}"\n\n${overview()}`);
    return exitCode.usage;
  }
  try {
    return await (await command.load()).run(rest, io);
  } catch (error) {
    const code = exitCodeOf(error);
    const text = code === undefined && error instanceof Error ? (error.stack ?? error.message) : errorMessage(error);
    io.stderr(`lockscope ${first}: ${text}\n`);
    return code ?? exitCode.gateFailed;
  }
}

async function help(name: string | undefined, io: Io, code: number): Promise<number> {
  const command = name === undefined ? undefined : commands[name];
  if (command !== undefined) return (await command.load()).run(['--help'], io);
  (code === exitCode.fine ? io.stdout : io.stderr)(overview());
  return code;
}

function overview(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return `Usage: lockscope <command> [options]\n\n${lines.join('\n')}\n\nlockscope <command> --help tells its options.\n`;
}
