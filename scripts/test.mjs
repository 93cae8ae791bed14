// `npm test`: every check of the project in order, with one closing line that sums all runners.
// Steps that cannot run here (no Go, no PostgreSQL, no browser) are skipped, counted and named.
// `--only types,unit` runs some steps; `--list` prints them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const reports = 'test-results/reports';

/** Runs a command with its output on screen; true when it exits 0. */
function run(command, args, env = {}) {
  return (
    spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env } })
      .status === 0
  );
}

/** A step that passes or fails as a whole. */
const check =
  (command, ...args) =>
  () => ({ passed: 0, failed: 0, skipped: 0, [run(command, args) ? 'passed' : 'failed']: 1 });

/** A vitest run, counted test by test. */
function vitest(name, config) {
  return () => {
    const file = `${reports}/${name}.json`;
    const ok = run('npx', [
      'vitest',
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]);
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const failed =
      report.numFailedTests +
      report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0).length;
    return {
      passed: report.numPassedTests,
      failed: failed === 0 && !ok ? 1 : failed,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
      names: report.testResults.flatMap((one) => failedIn(one)),
    };
  };
}

/** The failed tests of a file; the file itself when it failed without running one. */
function failedIn({ name, status, assertionResults }) {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((one) => one.status === 'failed').map((one) => `${file}: ${one.fullName}`);
  return status === 'failed' && failed.length === 0 ? [file] : failed;
}

function playwright() {
  if (!existsSync(chromium)) return skip(`no browser at ${chromium} (Debian: chromium)`);
  const file = `${reports}/browser.json`;
  const ok = run('npx', ['playwright', 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats, suites } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected === 0 && !ok ? 1 : stats.unexpected,
    skipped: stats.skipped,
    names: suites.flatMap((suite) => unexpectedIn(suite)),
    again: stats.flaky,
  };
}

/** The tests of a suite of the browser's report that failed at every try. */
function unexpectedIn({ suites = [], specs }) {
  const own = specs.filter((spec) => !spec.ok).map((spec) => `${spec.file}: ${spec.title}`);
  return [...own, ...suites.flatMap((suite) => unexpectedIn(suite))];
}

function go() {
  if (!has('go')) return skip('no Go toolchain: Go snippets and examples are not compiled');
  const { status, stdout } = spawnSync('node', ['scripts/check-go.mjs', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return last.startsWith('{') ? JSON.parse(last) : { passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

function node24() {
  if (process.env.LOCKSCOPE_SKIP_NODE24 === '1') return skip('LOCKSCOPE_SKIP_NODE24=1');
  return check('bash', 'scripts/node24.sh')();
}

function skip(reason) {
  console.log(`skipped: ${reason}`);
  return { passed: 0, failed: 0, skipped: 1, reason };
}

const steps = {
  lock: check('node', 'scripts/complete-lock.mjs', '--check'),
  migrations: check('npx', 'tsx', 'scripts/prisma-migration.ts', '--check'),
  typegen: check('npx', 'next', 'typegen'),
  types: check('npx', 'tsc', '--noEmit'),
  lint: check('npx', 'biome', 'ci', '.'),
  unit: vitest('unit', 'vitest.config.ts'),
  build: check('npx', 'tsx', 'scripts/build.ts'),
  go,
  live: vitest('live', 'vitest.live.config.ts'),
  browser: playwright,
  node24,
};

if (process.argv.includes('--list')) {
  console.log(Object.keys(steps).join('\n'));
  process.exit(0);
}
const onlyAt = process.argv.indexOf('--only');
const wanted = onlyAt < 0 ? Object.keys(steps) : (process.argv[onlyAt + 1] ?? '').split(',');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const rows = [];
const names = [];
for (const name of wanted) {
  const step = steps[name];
  if (step === undefined) throw new Error(`no step "${name}"; --list prints them`);
  console.log(`\n── ${name} ──`);
  const started = Date.now();
  const result = step();
  for (const key of Object.keys(total)) total[key] += result[key];
  names.push(...(result.names ?? []).map((test) => `${name}: ${test}`));
  rows.push(
    `${name.padEnd(11)} ${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped${result.again ? `, ${result.again} only when tried again` : ''}${result.reason ? `: ${result.reason}` : ''}`,
  );
}
console.log(`\n${rows.join('\n')}\n`);
for (const name of names) console.log(`failed  ${name}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
