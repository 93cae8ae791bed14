import { spawn } from 'node:child_process';
import { build } from 'esbuild';

/** Bundles child.ts once; inside the repository, so that the bundle finds the native module. */
export async function bundleChild(): Promise<string> {
  const outfile = new URL('../../node_modules/.cache/lockscope/conformance-child.mjs', import.meta.url).pathname;
  await build({
    entryPoints: [new URL('child.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}

/** Runs the child until it has acknowledged `windows` windows, kills it with SIGKILL and returns the starts it printed. */
export function runAndKill(child: string, args: readonly string[], windows: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    running.stderr.on('data', (text) => {
      errors += text;
    });
    running.stdout.on('data', (text) => {
      output += text;
      if (output.split('\n').length > windows) running.kill('SIGKILL');
    });
    running.on('close', (_, signal) => {
      // The last line may be cut; a window is acknowledged when its whole line was printed.
      const lines = output.split('\n').slice(0, -1);
      if (signal === 'SIGKILL') resolve(lines.filter((line) => line !== 'open').map(Number));
      else reject(new Error(`the child ended by itself: ${errors}`));
    });
  });
}
