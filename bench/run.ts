/**
 * `npm run bench [-- part …]`: runs the benchmarks one after another and prints one table each, every row beside a
 * named alternative measured in the same run. No thresholds here: docs/benchmarks.md says what was aimed at.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';

const parts = ['ingest', 'store', 'overview', 'pages', 'gotrace', 'trace-tiles', 'trace-page', 'regression'].filter(
  (part) => existsSync(new URL(`./${part}.ts`, import.meta.url)),
);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${parts.join(', ')}`);
  process.exit(2);
}

console.log(
  `${new Date().toISOString()} · Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`,
);
let failed = false;
for (const part of wanted.length > 0 ? wanted : parts) {
  console.log(`## ${part}\n`);
  // A process each: heaps and caches of one benchmark do not colour the next.
  const { status } = spawnSync('npx', ['tsx', `bench/${part}.ts`], { stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
