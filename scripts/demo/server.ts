import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = ['dist/server.js', '.next/BUILD_ID'];
const SOURCES = ['app', 'components', 'lib', 'ingest', 'jobs', 'server.ts', 'next.config.js', 'package-lock.json'];
const START_SECONDS = 60;
const STOP_SECONDS = 15;

export interface DemoServer {
  readonly url: string;
  readonly logFile: string;
  /** Sends SIGTERM to the server's pid and waits; kills it when it does not end in time. */
  stop(): Promise<void>;
}

/** Builds with `npm run build` when a build is missing or older than a source file. */
export async function buildIfStale(): Promise<void> {
  const built = await Promise.all(BUILT.map((file) => changedAt(join(ROOT, file))));
  const sources = await Promise.all(SOURCES.map((path) => newestBelow(join(ROOT, path))));
  if (Math.min(...built) >= Math.max(...sources)) return;
  const build = spawn('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  const [code] = await once(build, 'exit');
  if (code !== 0) throw new Error(`npm run build ended with ${code}`);
}

/** Starts the built server on 127.0.0.1 with production settings and waits until it answers /healthz. */
export async function startServer(port: number, dataDir: string): Promise<DemoServer> {
  const url = `http://127.0.0.1:${port}`;
  const logFile = `${dataDir}.log`;
  await mkdir(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const server = spawn(
    process.execPath,
    ['--max-semi-space-size=4', '--enable-source-maps', join(ROOT, 'dist/server.js')],
    {
      cwd: ROOT,
      env: {
        LOCKSCOPE_SOURCE_DIR: join(ROOT, 'examples/order-service'),
        ...process.env,
        NODE_ENV: 'production',
        MALLOC_ARENA_MAX: '2',
        LOCKSCOPE_HOST: '127.0.0.1',
        LOCKSCOPE_PORT: String(port),
        LOCKSCOPE_DATA: dataDir,
      },
      stdio: ['ignore', log, log],
    },
  );
  const ended = once(server, 'exit');
  const isRunning = () => server.exitCode === null && server.signalCode === null;
  const kill = () => server.kill('SIGKILL'); // when this process ends without stop()
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.removeListener('exit', kill);
    if (!isRunning()) return;
    server.kill('SIGTERM');
    await Promise.race([ended, sleep(STOP_SECONDS * 1000, undefined, { ref: false })]);
    if (isRunning()) server.kill('SIGKILL');
    await ended;
  };
  for (const deadline = Date.now() + START_SECONDS * 1000; ; await sleep(200)) {
    if (await isHealthy(url)) return { url, logFile, stop };
    if (isRunning() && Date.now() < deadline) continue;
    const how = isRunning() ? `did not answer within ${START_SECONDS} s` : `ended with ${server.exitCode}`;
    await stop();
    throw new Error(`the server ${how}:\n${(await readFile(logFile, 'utf8')).split('\n').slice(-20).join('\n')}`);
  }
}

/** Empties the demo's own folder; one that the user named must be empty already. */
export async function freshFolder(folder: string, isOurs: boolean): Promise<void> {
  if (isOurs) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new Error(`LOCKSCOPE_DATA=${folder} is not empty; the demo starts with no data`);
}

/** Whether something listens on 127.0.0.1:port. */
export async function isPortTaken(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false; // not listening yet
  }
}

async function changedAt(file: string): Promise<number> {
  const entry = await stat(file).catch(() => undefined);
  return entry?.mtimeMs ?? 0;
}

async function newestBelow(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Math.max(await changedAt(path), ...(await Promise.all(files.map(changedAt))));
}
