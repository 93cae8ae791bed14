import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = 'cli/main.ts';

/** Bundles the server with its workers, and the command, into `dist/`. Packages stay outside: Node loads them. */
export async function bundle(): Promise<void> {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
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
  const workers = ['ingest', 'lib/store'].flatMap(workersIn);
  await build({
    ...shared,
    entryPoints: {
      server: 'server.ts',
      ...Object.fromEntries(workers.map((file) => [basename(file, '.ts'), file])),
    },
    outdir: 'dist',
  });
  if (!existsSync(join(root, cli))) return;
  await build({
    ...shared,
    entryPoints: { lockscope: cli },
    outdir: 'dist/cli',
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync(join(root, 'dist/cli/lockscope.js'), 0o755);
}

/** Files `*.worker.ts` below a folder. Their names must differ from each other: they land in one folder. */
function workersIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.worker.ts'))
    .map((file) => join(folder, file));
}
