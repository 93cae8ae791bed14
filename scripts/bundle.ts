import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, context } from 'esbuild';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = 'cli/main.ts';

/** Packages stay outside the bundles: Node loads them. */
const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
};

/** The server and its workers, side by side in `dist/`: the server finds a worker beside itself. */
function serverOptions(): BuildOptions {
  const workers = ['ingest', 'lib/store', 'lib/traces', 'lib/uploaded']
    .flatMap(workersIn)
    .map((file) => [basename(file, '.ts'), file]);
  return { ...shared, entryPoints: { server: 'server.ts', ...Object.fromEntries(workers) }, outdir: 'dist' };
}

/** Files `*.worker.ts` below a folder. Their names must differ from each other: they land in one folder. */
function workersIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.worker.ts'))
    .map((file) => join(folder, file));
}

/** Bundles the server with its workers, and the command, into `dist/`. */
export async function bundle(): Promise<void> {
  await build(serverOptions());
  if (!existsSync(join(root, cli))) return;
  await build({
    ...shared,
    entryPoints: { lockscope: cli },
    outdir: 'dist/cli',
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync(join(root, 'dist/cli/lockscope.js'), 0o755);
}

/** Bundles the server again after each change of its sources and calls `built` when that worked, the first time too. */
export async function watchServer(built: () => Promise<void>): Promise<{ dispose(): Promise<void> }> {
  const watching = await context({
    ...serverOptions(),
    plugins: [
      {
        name: 'restart',
        setup: ({ onEnd }) =>
          onEnd(async ({ errors }) => {
            if (errors.length === 0) await built();
          }),
      },
    ],
  });
  await watching.watch();
  return watching;
}
