import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle: readonly string[] = ['dist/server.js'];
const startWithinMs = 60_000;
const running = new Set<ChildProcess>();

export interface BuiltServer {
  readonly url: string;
  readonly pid: number;
  /** Everything printed so far. */
  output(): string;
  /** Sends a signal and waits for the end; gives the exit code, or the name of the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/**
 * Starts the server on a free port of 127.0.0.1, as its own process: `dist/server.js`, or another command
 * of the build; under `wrapper` when one is given. Rejects with what it printed when it ends before it listens.
 */
export async function startBuiltServer(
  env: Readonly<Record<string, string>>,
  {
    wrapper = [],
    command = bundle,
  }: { readonly wrapper?: readonly string[]; readonly command?: readonly string[] } = {},
): Promise<BuiltServer> {
  const { child, output } = spawnBuiltServer(env, wrapper, command);
  const deadline = Date.now() + startWithinMs;
  for (;;) {
    const [, url] = /Lockscope listens on (\S+),/.exec(output()) ?? [];
    if (url !== undefined && child.pid !== undefined) {
      return { url, pid: child.pid, output, end: (signal) => endProcess(child, signal) };
    }
    if (hasEnded(child)) throw new Error(`the server ended with ${child.exitCode}: ${output()}`);
    if (Date.now() > deadline) {
      await endProcess(child, 'SIGKILL');
      throw new Error(`the server does not listen: ${output()}`);
    }
    await sleep(20);
  }
}

/** Kills what a failed test left running. */
export async function endStartedServers(): Promise<void> {
  await Promise.all([...running].map((child) => endProcess(child, 'SIGKILL')));
}

/** Runs `dist/server.js` until it ends by itself, for starts that must fail. */
export async function runBuiltServer(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { child, output } = spawnBuiltServer(env, [], bundle);
  await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

function spawnBuiltServer(
  env: Readonly<Record<string, string>>,
  wrapper: readonly string[],
  command: readonly string[],
) {
  const [program = process.execPath, ...args] = [
    ...wrapper,
    process.execPath,
    '--max-semi-space-size=4',
    '--enable-source-maps',
    ...command,
  ];
  const child = spawn(program, args, {
    cwd: root,
    // Whether the pages are built or compiled on demand is beside the point of these tests.
    env: {
      PATH: process.env.PATH,
      NODE_ENV: existsSync(join(root, '.next/BUILD_ID')) ? 'production' : 'development',
      MALLOC_ARENA_MAX: '2', // as npm start sets it
      LOCKSCOPE_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  return { child, output: () => text };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | string> {
  if (!hasEnded(child)) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode ?? child.signalCode ?? 'running';
}
