/**
 * Builds `dist/`: the server, its workers and the command; then the pages with Next.
 * `--server-only` leaves the pages out. Workers keep the name of their file, because
 * `new URL('./name.worker.js', import.meta.url)` finds them beside the bundle.
 */
import { spawnSync } from 'node:child_process';
import { bundle } from './bundle';

await bundle();
if (!process.argv.includes('--server-only')) {
  const next = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  process.exit(next.status ?? 1);
}
