// Compiles and vets everything in Go that the repo holds, examples and benchmarks (every module) and the snippets we
// print, and runs the tests of modules under the race detector.
// Prints one line a module or snippet; `--json` ends with the counts.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const count = { passed: 0, failed: 0, skipped: 0 };

/** Runs one go command; a failure prints its output. */
function go(what, cwd, args) {
  const { status, stdout, stderr } = spawnSync('go', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  const ok = status === 0;
  count[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}: go ${args.join(' ')}`);
  if (!ok) console.log(`${stdout}${stderr}`);
}

/** Folders below `dir` that hold a go.mod. */
function modules(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'go.mod' && !path.includes('node_modules'))
    .map((path) => join(dir, path, '..'))
    .sort();
}

/** The module's own tests, nested modules left out. */
function hasTests(module) {
  return readdirSync(module, { recursive: true, encoding: 'utf8' }).some((path) => path.endsWith('_test.go'));
}

for (const module of [...modules('examples'), ...modules('bench')]) {
  go(module, module, ['build', '-o', '/dev/null', './...']);
  go(module, module, ['vet', './...']);
  if (hasTests(module)) go(module, module, ['test', '-race', '-count=1', './...']);
}

const snippets = 'docs/snippets';
if (existsSync(snippets)) {
  for (const file of readdirSync(snippets)
    .filter((name) => name.endsWith('.go'))
    .sort()) {
    const dir = mkdtempSync(join(tmpdir(), 'lockscope-snippet-'));
    copyFileSync(join(snippets, file), join(dir, file));
    const sum = join(snippets, 'go.sum');
    const mod = join(snippets, 'go.mod');
    if (existsSync(mod)) copyFileSync(mod, join(dir, 'go.mod'));
    else writeFileSync(join(dir, 'go.mod'), 'module snippet\n\ngo 1.22\n');
    if (existsSync(sum)) copyFileSync(sum, join(dir, 'go.sum'));
    go(`snippet ${file}`, dir, ['vet', './...']);
    rmSync(dir, { recursive: true, force: true });
  }
}
if (process.argv.includes('--json')) console.log(JSON.stringify(count));
process.exit(count.failed === 0 ? 0 : 1);
