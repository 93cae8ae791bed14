/**
 * `npm run dev`: the server with pages compiled on demand. Next reloads pages by itself; a change of the
 * server's own code (server.ts, lib, ingest, jobs) rebuilds the bundle and starts the server again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bundle, root, watchServer } from './bundle';

let child: ChildProcess | undefined;
let stopping = false;

async function restart(): Promise<void> {
  await stop();
  if (stopping) return;
  child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/server.js')], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'development' },
    stdio: 'inherit',
  });
}

async function stop(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

await bundle();
const watching = await watchServer(restart);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopping = true;
    void Promise.all([stop(), watching.dispose()]).then(() => process.exit(0));
  });
}
