import { build } from 'esbuild';

/** Bundles the store's read thread inside the repository, so that it finds the native module. */
export async function bundleReadWorker(): Promise<URL> {
  const outfile = new URL('../node_modules/.cache/lockscope/store-read.worker.mjs', import.meta.url);
  await build({
    entryPoints: [new URL('../lib/store/sqlite/read.worker.ts', import.meta.url).pathname],
    outfile: outfile.pathname,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}
