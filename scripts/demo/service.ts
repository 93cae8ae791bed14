import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const SERVICE = fileURLToPath(new URL('../../examples/order-service', import.meta.url));

/**
 * pyroscope-go up to 1.4.3 leaves callers of inlined functions out of block and mutex stacks (grafana/pyroscope-go#246):
 * with the runtime's frame pointer unwinding, `GetConfig` would be missing above `RWMutex.RLock`. Without it, all is there.
 */
export const POD_ENVIRONMENT = { GODEBUG: 'tracefpunwindoff=1' };

export interface PodOptions {
  readonly name: string;
  readonly build: string;
  /** Further flags of the service. */
  readonly args: readonly string[];
  /** Called when the process ends without `stop`. */
  readonly onExit: (how: string) => void;
}

/** A running process of the order service; `stop` sends SIGTERM and waits. */
export interface Pod {
  readonly name: string;
  readonly build: string;
  stop(): Promise<void>;
}

/** The Go version on this machine, or undefined when there is no Go. */
export async function goVersion(): Promise<string | undefined> {
  try {
    return (await run('go', ['env', 'GOVERSION'])).stdout.trim();
  } catch {
    return undefined;
  }
}

/**
 * Builds the pushing service into `folder` and returns the executable. A workspace file outside the checkout joins the
 * two modules, and -trimpath drops the folders, so that frames read as if the service had one module.
 */
export async function buildPushingService(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const workspace = join(folder, 'go.work');
  const executable = join(folder, 'order-service');
  await writeFile(workspace, `go 1.25.0\n\nuse (\n\t${SERVICE}\n\t${join(SERVICE, 'push')}\n)\n`);
  await run('go', ['build', '-trimpath', '-o', executable, '.'], {
    cwd: join(SERVICE, 'push'),
    env: { ...process.env, GOWORK: workspace },
  });
  return executable;
}

/** Starts a process of the service; it is told to stop when this process ends. Its messages go to stderr. */
export function startPod(executable: string, { name, build, args, onExit }: PodOptions): Pod {
  const child = spawn(executable, ['-pod', name, '-build', build, ...args], {
    env: { ...process.env, ...POD_ENVIRONMENT },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  let stopping = false;
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  child.once('exit', (code, signal) => {
    process.removeListener('exit', kill);
    if (!stopping) onExit(`${name} (${build}) ended by itself: ${code ?? signal}`);
  });
  return {
    name,
    build,
    stop: async () => {
      stopping = true;
      if (child.exitCode === null && child.signalCode === null) kill();
      await ended;
    },
  };
}
