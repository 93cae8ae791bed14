import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { traceSchema } from '@/lib/query/api/trace';
import { runCommand } from '../tests/support/run-command';

const recorded = (name: string) => `tests/fixtures/gotrace/traces/${name}.trace`;
const temporary = mkdtempSync(join(tmpdir(), 'lockscope-trace-command-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(temporary, name);
  writeFileSync(path, bytes);
  return path;
}

function folderOf(...names: string[]): string {
  const folder = mkdtempSync(join(temporary, 'folder-'));
  for (const name of names) copyFileSync(recorded(name), join(folder, name));
  return folder;
}

async function document(...args: string[]) {
  const { stdout, code } = await runCommand(['trace', ...args, '--json']);
  expect(code).toBe(0);
  return traceSchema.parse(JSON.parse(stdout));
}

describe('lockscope trace', () => {
  test('names waiters, holders and exact percentiles of each lock', async () => {
    const { locks, goVersion } = await document(recorded('truth-go1.26'));
    const mutex = locks.find((lock) => lock.family === 'Mutex');
    expect(mutex).toMatchObject({ name: 'main.muser', waits: 3008, percentiles: { n: 3008, censored: 0 } });
    expect(mutex?.holders[0]?.site).toMatchObject({ kind: 'Mutex.Unlock', function: 'main.muser' });
    expect(goVersion).toContain('1.26');
  });

  test('the table says the same in words', async () => {
    const { stdout } = await runCommand(['trace', recorded('truth-go1.26'), '--top', '1']);
    expect(stdout).toMatch(/main\.muser {2}Mutex\n {2}4\.64\ss waited in 3\s008\swaits, at most 5 at once/);
    expect(stdout).toMatch(/\(exact, n = 3\s008\)/);
    expect(stdout).toMatch(/… 1\smore lock \(--top 0 for all\)\n\nWaits that are not locks:/);
  });

  test('what the trace cut off is told as a lower bound: totals, the longest wait, the start of a hold', async () => {
    const { stdout } = await runCommand(['trace', recorded('gens-go1.26')]);
    expect(stdout).toMatch(/main\.waitA {2}Mutex\n {2}≥ 3\.\d+\ss waited in 1\swait, /);
    expect(stdout).toMatch(/max ≥ 3\.\d+\ss {2}\(exact, n = 0, 1 cut off by the trace/);
    expect(stdout).toMatch(/waits +≥ 3\.\d+\ss in 1 {2}Mutex\.Lock/);
    const { stdout: whole } = await runCommand(['trace', recorded('truth-go1.26')]);
    expect(whole).not.toContain('≥');
    expect(whole).toMatch(/start of 278\sholds within bounds, start of 168\sholds unknown; meanwhile/);
  });

  test('a folder stands for the one trace in it; its other files are counted', async () => {
    const folder = folderOf('gens-go1.26', 'locks-go1.21');
    writeFileSync(join(folder, 'notes.txt'), 'a note');
    const { stdout, stderr, code } = await runCommand(['trace', folder, '--json']);
    expect(code).toBe(0);
    expect(traceSchema.parse(JSON.parse(stdout)).left_out).toMatchObject({
      files: [
        { file: join(folder, 'locks-go1.21'), reason: expect.stringContaining('Go 1.21 or older') },
        { file: join(folder, 'notes.txt'), reason: 'this is no Go execution trace' },
      ],
    });
    expect(stderr.match(/^left out: /gm)).toHaveLength(2);
  });

  test('--lock keeps the lock that was asked for, by a part of its name', async () => {
    const { locks, convoys } = await document(recorded('truth-go1.26'), '--lock', 'reader');
    expect(locks.map((lock) => lock.name)).toEqual(['main.reader']);
    expect(new Set(convoys.map((convoy) => convoy.lockId))).toEqual(new Set([locks[0]?.id]));
  });

  test('--events prints what Go prints', async () => {
    const { stdout } = await runCommand(['trace', recorded('gens-go1.26'), '--events']);
    const want = gunzipSync(readFileSync('tests/fixtures/gotrace/expected/gens-go1.26.parsed.tsv.gz')).toString();
    expect(stdout).toBe(want);
  });

  test('--task follows a request through the goroutines it waited for, without a gap', async () => {
    const { criticalPath = [] } = await document(recorded('locks-go1.26'), '--task', '3');
    expect(criticalPath.length).toBeGreaterThan(10);
    for (const [index, step] of criticalPath.entries()) {
      expect(step.toSeconds).toBeGreaterThan(step.fromSeconds);
      const next = criticalPath[index + 1];
      if (next !== undefined) expect(Math.abs(next.fromSeconds - step.toSeconds)).toBeLessThan(2e-6);
    }
    expect(new Set(criticalPath.map((step) => step.depth)).size).toBeGreaterThan(1);
  });

  test('--region gives the path of the longest region of that name, --goroutine that of its time in the window', async () => {
    const { criticalPath: region = [], locks } = await document(recorded('locks-go1.26'), '--region', 'mutex-starve');
    // 6 goroutines take one mutex 10 times each, 2 ms long: what the region waits for is that time, one after the other.
    const within = region.filter((step) => step.function.includes('mutexDeferUser') || step.depth > 0);
    const length = (region.at(-1)?.toSeconds ?? 0) - (region[0]?.fromSeconds ?? 0);
    expect([region[0]?.goroutine, region.at(-1)?.goroutine]).toEqual([1, 1]);
    expect(length).toBeGreaterThan(60 * 0.002);
    expect(within.reduce((sum, step) => sum + step.toSeconds - step.fromSeconds, 0) / length).toBeGreaterThan(0.95);
    expect(locks.length).toBeGreaterThan(5);

    const window = ['--goroutine', '1', '--from', '0.05', '--to', '0.08'];
    const { criticalPath: part = [], states } = await document(recorded('locks-go1.26'), ...window);
    expect([part[0]?.fromSeconds, part.at(-1)?.toSeconds]).toEqual([0.05, 0.08]);
    expect([states.fromSeconds, states.bucketSeconds * (states.series.running?.length ?? 0)]).toEqual([
      0.05,
      expect.closeTo(0.03, 9),
    ]);
    const text = await runCommand(['trace', recorded('locks-go1.26'), ...window]);
    expect(text.stdout).toMatch(/Critical path:\n +50\sms {2}\+/);
  });
});

test('a trace is read from a pipe', () => {
  const command = `node_modules/.bin/tsx cli/main.ts trace <(cat ${recorded('gens-go1.26')}) --events | cat`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.split('\n').length).toBe(
    gunzipSync(readFileSync('tests/fixtures/gotrace/expected/gens-go1.26.parsed.tsv.gz')).toString().split('\n').length,
  );
});

test('a reader that has seen enough ends the output without an error', () => {
  const command = `node_modules/.bin/tsx cli/main.ts trace ${recorded('locks-go1.26')} --events | head -1`;
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^M=-1 P=-1 G=-1 Sync .*\n$/);
});

describe('what lockscope trace cannot use', () => {
  test.each([
    ['a trace of Go 1.21', [recorded('locks-go1.21')], 3, 'Go 1.21 or older: record it again'],
    ['a file that is no trace', ['package.json'], 3, 'this is no Go execution trace'],
    ['a file that is not there', ['nowhere.trace'], 3, 'nowhere.trace'],
    ['a folder with two', [folderOf('gens-go1.26', 'locks-go1.26')], 2, 'has 2 traces: name one of them'],
    ['a folder with none', [folderOf('locks-go1.21')], 3, 'Go 1.21 or older'],
    ['a folder without files', [folderOf()], 3, 'no execution trace in it'],
    [
      'a number of locks that is none',
      [recorded('gens-go1.26'), '--top', '1.5'],
      2,
      '--top 1.5: expected a whole number',
    ],
    ['two files', ['a', 'b'], 2, 'give one trace file, not 2'],
    ['a task that is not there', [recorded('gens-go1.26'), '--task', '99'], 3, 'no task 99'],
    ['a region that is not there', [recorded('gens-go1.26'), '--region', 'x'], 3, 'no region "x"'],
    ['a goroutine that is not there', [recorded('gens-go1.26'), '--goroutine', '9999'], 3, 'no goroutine 9999'],
    ['two requests at once', [recorded('gens-go1.26'), '--task', '1', '--region', 'x'], 2, 'exclude each other'],
    ['a lock that is not there', [recorded('gens-go1.26'), '--lock', 'nobody'], 3, 'no lock "nobody"'],
    ['a window behind its end', [recorded('gens-go1.26'), '--from', '100'], 3, 'nothing in that window'],
    [
      'a window that ends before it begins',
      [recorded('gens-go1.26'), '--from', '2', '--to', '1'],
      2,
      '--to must be after --from',
    ],
  ])('%s is refused in words', async (_, args, code, words) => {
    const result = await runCommand(['trace', ...args]);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(words);
    expect(result.stdout).toBe('');
  });
});

test('a trace cut so early that only its clock is left is refused for the cut', async () => {
  const path = written('early.trace', readFileSync(recorded('locks-go1.22')).subarray(0, 20_000));
  const { code, stdout, stderr } = await runCommand(['trace', path]);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toContain(`${path}: the file ends inside a batch`);
});

describe('a file that cannot be used is named, with what was expected', () => {
  const gens = readFileSync(recorded('gens-go1.26'));
  test.each<[string, Uint8Array, string]>([
    ['empty.trace', new Uint8Array(0), 'the file is empty; expected a Go execution trace'],
    ['packed.trace.gz', gzipSync(gens), 'a gzip file, as profiles are; expected a Go execution trace, unpacked'],
    ['eight-bytes.trace', gens.subarray(0, 8), 'this is no Go execution trace'],
    ['cut.trace', gens.subarray(0, 300), 'the file ends inside a batch'],
  ])('%s', async (name, bytes, words) => {
    const path = written(name, bytes);
    for (const more of [[], ['--json'], ['--events']]) {
      const { code, stdout, stderr } = await runCommand(['trace', path, ...more]);
      expect([code, stdout, stderr]).toEqual([3, '', `lockscope trace: ${path}: ${words}\n`]);
    }
  });
});
