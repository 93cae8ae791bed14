import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles a `*.worker.ts` of this repository into a folder and gives its address: threads run no TypeScript. */
export async function bundledWorker(file: string, folder: string): Promise<URL> {
  const outfile = join(folder, `${basename(file, '.ts')}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return pathToFileURL(outfile);
}
