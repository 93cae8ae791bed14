import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds a Go module of this repository, with the toolchain that `env` may name. Throws with the compiler's words. */
export function buildGo(module: string, binary: string, env: Readonly<Record<string, string>> = {}): string {
  const { status, stderr } = spawnSync('go', ['build', '-trimpath', '-o', binary, '.'], {
    cwd: join(root, module),
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${module} does not build: ${stderr}`);
  return binary;
}

const running = new Set<ChildProcess>();

/** Starts a program; its output is shown when it fails by itself. */
export function startProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.once('exit', (code) => {
    running.delete(child);
    if (code !== 0 && code !== null) console.error(`${command} ended with ${code}: ${text}`);
  });
  running.add(child);
  return child;
}

/** Ends a program and waits for it. */
export async function endProgram(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Kills what a failed test left running. */
export async function endStartedPrograms(): Promise<void> {
  await Promise.all([...running].map((child) => endProgram(child, 'SIGKILL')));
}
