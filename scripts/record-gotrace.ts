/**
 * Records the traces that programs/shards.go.txt makes into tests/fixtures/gotrace, with what Go's own tool reads in
 * them: `npx tsx scripts/record-gotrace.ts eight-locks|recorder`. Needs Go 1.25 or later and Go 1.27's trace tool.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { goToolchain, oracleGo, parsedByGo } from '@/tests/support/go-tool-trace';

const fixtures = 'tests/fixtures/gotrace';
const modes: Record<string, readonly string[]> = { 'eight-locks': [], recorder: ['-recorder'] };

function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> },
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

const [mode = ''] = process.argv.slice(2);
const flags = modes[mode];
const oracle = goToolchain(oracleGo);
if (flags === undefined || oracle === undefined) {
  console.error(flags === undefined ? `one of ${Object.keys(modes).join(', ')}` : `Go ${oracleGo} is not here`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'lockscope-record-'));
try {
  copyFileSync(`${fixtures}/programs/shards.go.txt`, join(folder, 'main.go'));
  writeFileSync(join(folder, 'go.mod'), 'module shards\n\ngo 1.25\n');
  run('go', ['build', '-trimpath', '-o', 'shards', '.'], { cwd: folder });
  const [version = ''] = /\d+\.\d+/.exec(run('go', ['env', 'GOVERSION'], { cwd: folder })) ?? [];
  const name = `${mode}-go${version}`;
  const trace = `${fixtures}/traces/${name}.trace`;
  const truth = join(folder, 'truth.csv');
  run(join(folder, 'shards'), [...flags, trace, truth], {});
  const lines: string[] = [];
  for await (const line of parsedByGo(trace, oracle)) lines.push(line);
  const gzip = (text: string | Buffer) => gzipSync(text, { level: 9 });
  writeFileSync(`${fixtures}/expected/${name}.csv.gz`, gzip(readFileSync(truth)));
  writeFileSync(`${fixtures}/expected/${name}.parsed.tsv.gz`, gzip(`${lines.join('\n')}\n`));
  const footprint = run('go', ['tool', 'trace', '-d=footprint', trace], { env: oracle });
  writeFileSync(`${fixtures}/expected/${name}.footprint.txt`, footprint);
  console.log(`${name}: ${lines.length} events`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
