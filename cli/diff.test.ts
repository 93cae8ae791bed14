import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { diffSchema } from '@/lib/query/api/diff';
import { runCommand } from '../tests/support/run-command';

const temporary = mkdtempSync(join(tmpdir(), 'lockscope-diff-command-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(temporary, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** What `go test -bench` prints for runs of one benchmark, ns/op each. */
const bench = (...nsPerOp: readonly number[]) =>
  `pkg: example.com/orders\n${nsPerOp.map((ns) => `BenchmarkGet-4 \t 1000 \t ${ns} ns/op`).join('\n')}\n`;

const calm = [100, 101, 99, 102, 98, 100.5, 99.5, 101.5, 98.5, 100.2];
const slow = calm.map((ns) => ns * 1.5);

/** Block and mutex profiles of a recorded folder, several times over: a side with enough runs. */
function recordedArm(name: string, recording: string, times: number): string {
  const folder = join(temporary, name);
  mkdirSync(folder, { recursive: true });
  const from = `tests/fixtures/go/${recording}`;
  for (const one of readdirSync(from).filter((entry) => /^w\d-(?:block|mutex)/.test(entry)))
    for (let copy = 0; copy < times; copy += 1) copyFileSync(join(from, one), join(folder, `${copy}-${one}`));
  return folder;
}

async function diff(...args: string[]) {
  const { stdout, code } = await runCommand(['diff', ...args, '--json']);
  expect(code).toBe(0);
  return diffSchema.parse(JSON.parse(stdout));
}

describe('lockscope diff', () => {
  test('times of a benchmark that got slower in every run are a regression, the other way round an improvement', async () => {
    const [base, head] = [file('base.txt', bench(...calm)), file('head.txt', bench(...slow))];
    const worse = await diff('--base', base, '--head', head);
    expect(worse.verdict).toBe('regression');
    expect(worse.sites.map(({ site, metric, verdict }) => [site.function, metric, verdict])).toEqual([
      ['example.com/orders.BenchmarkGet', 'time', 'regression'],
    ]);
    expect(worse.sites[0]?.ratio).toBeCloseTo(1.5, 6);
    expect((await diff('--base', head, '--head', base)).verdict).toBe('improved');
  });

  test('the same runs on both sides are unchanged, byte for byte the same each time', async () => {
    const same = file('same.txt', bench(...calm));
    const args = ['diff', '--base', same, '--head', same, '--json'];
    const first = await runCommand(args);
    expect(diffSchema.parse(JSON.parse(first.stdout)).verdict).toBe('unchanged');
    expect(await runCommand(args)).toEqual(first);
  });

  test('fewer than five runs tell nothing, and it says how many are needed', async () => {
    const few = file('few.txt', bench(...slow.slice(0, 4)));
    const { stdout, code } = await runCommand(['diff', '--base', few, '--head', few]);
    expect(code).toBe(0);
    expect(stdout).toContain('Not enough runs to tell: 4 and 4, at least 5 of each are needed.');
  });

  test('each profile is a run; a lock that only the head waits for is new, with who waits and who holds', async () => {
    const base = recordedArm('fixed', 'ordersvc-go1.23-fixed', 3);
    const head = recordedArm('bad', 'ordersvc-go1.23-bad', 3);
    const { runs, locks, left_out } = await diff('--base', base, '--head', head);
    expect(runs).toEqual({ base: expect.any(Number), head: expect.any(Number), interleaved: false });
    expect(locks[0]).toMatchObject({
      name: 'config.(*OrderConfigManager)',
      waiter: { function: expect.stringMatching(/GetConfig$/) },
      holder: { function: expect.stringMatching(/ReloadFromDB$/) },
    });
    expect(left_out.sites).toContainEqual({ count: expect.any(Number), reason: 'idle waits' });
  });

  test('a file that cannot be used is left out with its reason; nothing usable is an error that names the side', async () => {
    const good = file('good.txt', bench(...calm));
    const odd = file('odd.txt', 'nothing of use');
    expect((await diff('--base', good, odd, '--head', good)).left_out.files).toEqual([
      { file: odd, reason: expect.any(String) },
    ]);
    const { code, stderr } = await runCommand(['diff', '--base', odd, '--head', good]);
    expect([code, stderr]).toEqual([3, expect.stringContaining(`--base: nothing usable in the input`)]);
    expect(stderr).toContain(odd);
  });

  test('sides known to differ are refused, with what differs', async () => {
    const base = file('four.txt', bench(...calm));
    const head = file('eight.txt', bench(...calm).replaceAll('-4 ', '-8 '));
    const { code, stderr } = await runCommand(['diff', '--base', base, '--head', head]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/GOMAXPROCS.*4.*8/)]);
  });

  test.each([
    [['diff', '--base', 'x'], 'give --base FILE… and --head FILE…'],
    [['diff', '--base', 'x', '--head', 'y', '--gate-lock', 'much'], '--gate-lock much'],
    [['diff', '--base', 'x', '--head', 'y', '--go', 'two'], '--go two'],
  ])('%j is refused', async (args, why) => {
    const { code, stderr } = await runCommand(args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });
});

describe('lockscope ci compare', () => {
  const base = () => file('ci/base.txt', bench(...calm));
  const head = () => file('ci/head.txt', bench(...slow));

  test('a regression fails the job only where a gate is asked for', async () => {
    const sides = ['--base', base(), '--head', head()];
    expect((await runCommand(['ci', 'compare', ...sides])).code).toBe(0);
    expect((await runCommand(['ci', 'compare', ...sides, '--gate'])).code).toBe(1);
    const budget = file('.lockscope.yml', 'mode: gate\n');
    expect((await runCommand(['ci', 'compare', ...sides, '--budget', budget])).code).toBe(1);
  });

  test("the budget's gates decide", async () => {
    const budget = file('wide.yml', 'mode: gate\ndefaults: { time: 60 }\n');
    const { code, stderr } = await runCommand([
      'ci',
      'compare',
      '--base',
      base(),
      '--head',
      head(),
      '--budget',
      budget,
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('what cannot be told fails only where that is asked for', async () => {
    const few = file('ci/few.txt', bench(1, 2, 3));
    const sides = ['--base', few, '--head', few];
    expect((await runCommand(['ci', 'compare', ...sides, '--gate'])).code).toBe(0);
    expect((await runCommand(['ci', 'compare', ...sides, '--fail-inconclusive'])).code).toBe(5);
  });

  test('a budget that cannot be read is named', async () => {
    const { code, stderr } = await runCommand(['ci', 'compare', '--base', base(), '--head', head(), '--budget', '/no']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--budget /no')]);
  });

  test('an unknown command of ci is refused with the list of commands', async () => {
    const { code, stderr } = await runCommand(['ci', 'pray']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('compare')]);
  });
});
