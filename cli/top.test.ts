import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TopDocument } from '@/lib/query/result';
import { readFixture } from '../tests/support/go-fixtures';
import { runCommand } from '../tests/support/run-command';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockscope-top-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const recording = 'tests/fixtures/go/antip-go1.23-rw-slow-reader';

async function put(name: string, bytes: Uint8Array | string): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

async function document(...args: string[]): Promise<TopDocument> {
  const { code, stdout, stderr } = await runCommand(['top', ...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

describe('inputs', () => {
  test.each([
    ['zero bytes', '', 'the profile has no bytes'],
    ['an error page', '<html>502 Bad Gateway</html>', 'no pprof profile'],
    ['gctrace', 'gc 1 @0.000s 16%: 0.065+0.30+0.092 ms clock\n', 'gctrace text: a kind this command does not read'],
    ['a dump', 'goroutine 1 [running]:\nmain.main()\n', 'a goroutine dump: a kind this command does not read'],
    ['a trace', 'go 1.26 trace\0\0\0', 'an execution trace of Go 1.26'],
  ])('%s named alone is refused with file, reason and what was expected', async (_, content, reason) => {
    const file = await put('input', content);
    const { code, stdout, stderr } = await runCommand(['top', file, '--json']);
    expect([code, stdout]).toEqual([3, '']);
    for (const part of [file, reason, 'expected a block or mutex profile']) expect(stderr).toContain(part);
  });

  test('what cannot be used beside what can is counted with its reason', async () => {
    await put('a-block.pb.gz', readFixture('antip-go1.23-rw-slow-reader/block.pb.gz'));
    await put('cpu.pb.gz', readFixture('antip-go1.23-rw-slow-reader/cpu.pb.gz'));
    await put('empty.pb.gz', '');
    await mkdir(join(folder, 'deeper'));
    const { left_out, inputs } = await document(folder);
    expect(inputs.map(({ file }) => file)).toEqual([join(folder, 'a-block.pb.gz')]);
    expect(left_out.files).toEqual([
      { file: join(folder, 'cpu.pb.gz'), reason: 'a cpu profile: a kind this command does not read' },
      { file: join(folder, 'empty.pb.gz'), reason: 'the profile has no bytes' },
    ]);
  });

  test('a folder without anything usable is refused with every reason', async () => {
    await put('one.txt', 'hello');
    await put('two.pb.gz', '');
    const { code, stderr } = await runCommand(['top', folder]);
    expect([code, stderr.includes('one.txt: '), stderr.includes('two.pb.gz: the profile has no bytes')]).toEqual([
      3,
      true,
      true,
    ]);
  });

  test('a path that does not exist, or a folder without files, is an input error that names it', async () => {
    for (const [path, reason] of [
      [join(folder, 'nothing'), 'no such file or folder'],
      [folder, 'the folder has no files in it'],
    ] as const) {
      const { code, stdout, stderr } = await runCommand(['top', path, '--json']);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toContain(`lockscope top: ${path}: ${reason}`);
    }
  });

  test('a link in a folder is the file it points to; one that points nowhere is counted', async () => {
    await symlink(join(process.cwd(), recording, 'block.pb.gz'), join(folder, 'latest'));
    await symlink(join(folder, 'gone'), join(folder, 'nowhere'));
    const { inputs, left_out } = await document(folder);
    expect(inputs.map(({ file }) => file)).toEqual([join(folder, 'latest')]);
    expect(left_out.files).toMatchObject([{ file: join(folder, 'nowhere') }]);
  });

  test('a profile without samples is data once its kind is named', async () => {
    const block = `${recording}/block.pb.gz`;
    const empty = 'tests/fixtures/go/edge-encodings-go1.26/block-no-samples.pb.gz';
    const unsaid = await document(block, empty);
    expect(unsaid.notes.map(({ code }) => code)).toContain('no-mutex-profile');
    const named = await document('--block', block, '--mutex', empty);
    expect(named.inputs.map(({ type, samples }) => `${type} ${samples}`)).toEqual(['block 3', 'mutex 0']);
    expect(named.notes.map(({ code }) => code)).not.toContain('no-mutex-profile');
  });

  test('unsymbolised profiles keep their totals and name nobody', async () => {
    const files = 'tests/fixtures/go/edge-unsymbolised-go1.26';
    const { locks, waits, left_out } = await document(
      '--block',
      `${files}/block.pb.gz`,
      '--mutex',
      `${files}/mutex.pb.gz`,
    );
    expect([locks, waits]).toEqual([[], []]);
    expect(left_out.unsymbolised).toMatchObject({
      block: { delaySeconds: 16.699598846 },
      mutex: { delaySeconds: 15.479153689 },
    });
  });
});

describe('arguments', () => {
  test.each([
    [['top']],
    [['top', recording, '--window', '0']],
    [['top', recording, '--block-rate', 'often']],
    [['top', recording, '--go', 'two']],
    [['top', recording, '--delta', '--cumulative']],
    [['top', recording, '--frobnicate']],
    [['top', '--server', 'http://127.0.0.1:1']],
    [['top', '--server', '127.0.0.1', '--service', 'x']],
    [['scrape', 'http://127.0.0.1:1', '--count', '2']],
    [['scrape', 'http://127.0.0.1:1', '--every', '1s', '--count', '0']],
    [['scrape', 'http://127.0.0.1:1', '--every', '1s', '--out', 'profiles']],
    [['frobnicate']],
    [[]],
  ])('%j is a usage error with nothing on stdout', async (args) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect([code, stdout, stderr === '']).toEqual([2, '', false]);
  });

  test('every option of the help is understood, and the help is exit 0', async () => {
    const { code, stdout } = await runCommand(['top', '--help']);
    expect(code).toBe(0);
    const options = [...stdout.matchAll(/--[a-z-]+/g)].map(([name]) => name);
    for (const option of new Set(options)) {
      const { stderr } = await runCommand(['top', recording, option]);
      expect(stderr, option).not.toContain('Unknown option');
    }
  });
});

test('deltas of unknown length with one --window have an average, no maximum, and a note that says why', async () => {
  const files = ['w1-block', 'w2-block'].map((name) => `tests/fixtures/go/ordersvc-go1.23-bad/${name}.pb.gz`);
  const { locks, notes } = await document('--delta', '--window', '20', ...files);
  expect(locks[0]?.waiting).toMatchObject({ avg: expect.any(Number), max: null });
  expect(notes).toContainEqual({
    code: 'no-maximum',
    message:
      'the block profiles do not tell how long each of them is: --window is taken for all together, and no maximum can be told',
  });
  expect((await document('--window', '20', ...files)).notes.map(({ code }) => code)).not.toContain('no-maximum');
});

test.each([
  ['1.21', 'go1.22 or newer', true],
  ['1.24', '', false],
])('--go %s on stacks of Go 1.27', async (go, range, noted) => {
  const { notes } = await document('tests/fixtures/go/waits-go1.27', '--go', go);
  const message = `--go says go${go}, but the stacks are those of ${range}: what depends on the version goes by --go`;
  expect(notes.filter(({ code }) => code === 'go-contradicted')).toEqual(
    noted ? [{ code: 'go-contradicted', message }] : [],
  );
});

test('people get a table that names who waits, who holds, and who only released', async () => {
  const args = ['top', recording, '--go', '1.23', '--block-rate', '1', '--mutex-fraction', '1', '--window', '3.0462'];
  const { stdout } = await runCommand(args);
  const lines = stdout.split('\n').map((line) =>
    line
      .replace(/[\u00a0\u202f]/g, ' ')
      .replace(/ {2,}/g, '  ')
      .trim(),
  );
  expect(lines.slice(2, 8)).toEqual([
    'main.(*Store)',
    'RWMutex: 23.8 waiting on average, at most 23.8 in a window of 3.05 s; 1 m 13 s in 404 waits, mean 180 ms; Strong, pattern R3',
    'waits  99 %  RWMutex.RLock  main.(*Store).Get  main.go:91',
    'waits  1 %  RWMutex.Lock (readers drain)  main.(*Store).ShortWrite  main.go:97',
    'holds  1 %  RWMutex.RUnlock  main.(*Store).SlowScan  main.go:94',
    'holds  99 %  RWMutex.Unlock  main.(*Store).ShortWrite  main.go:97 (only released the readers)',
  ]);
  expect(stdout).not.toContain('\u001b');
});

test('the table tells each file that was left out, and why', async () => {
  const { stdout } = await runCommand(['top', 'tests/fixtures/go/edge-restart-go1.26']);
  expect(stdout.split('\n').filter((line) => line.startsWith('left out: '))).toEqual([
    expect.stringMatching(/^left out: .*\/truth\.json: this is no pprof profile/),
    expect.stringMatching(/^left out: .*\/first-process-w1-block\.pb\.gz: happened before the first/),
    expect.stringMatching(/^left out: .*\/first-process-w1-mutex\.pb\.gz: happened before the first/),
  ]);
});

test('idle waits are counted, and listed when asked for', async () => {
  const fixed = 'tests/fixtures/go/ordersvc-go1.23-fixed';
  const counted = await document(fixed);
  expect(counted.idle.list).toBeUndefined();
  const listed = await document(fixed, '--idle');
  expect(listed.idle.delaySeconds).toBe(counted.idle.delaySeconds);
  const sum = listed.idle.list?.reduce((total, lock) => total + (lock.delaySeconds ?? 0), 0);
  expect(sum).toBeCloseTo(counted.idle.delaySeconds, 6);
  expect(listed.idle.list?.[0]?.waiters[0]?.site.function).toBe('example.com/ordersvc/internal/event.(*Bus).consume');
});

describe('a server', () => {
  test('is asked with the selection and the token, and its document is passed on', async () => {
    const answer = { ...(await document(recording)), fromTheFuture: 1 };
    const seen: { url: string | undefined; authorization: string | undefined }[] = [];
    const { result } = await withServer(200, answer, seen, (url) =>
      runCommand(['top', '--service', 'order service', '--from', 'now-1h', '--pod', 'a', '--pod', 'b', '--json'], {
        LOCKSCOPE_URL: url,
        LOCKSCOPE_TOKEN: 'secret',
      }),
    );
    expect([result.code, result.stderr, JSON.parse(result.stdout)]).toEqual([0, '', answer]);
    expect(seen).toEqual([
      { url: '/api/v1/services/order%20service/locks?from=now-1h&pod=a&pod=b', authorization: 'Bearer secret' },
    ]);
  });

  test('of several pods: the table names the one with the busiest window, and files name none', async () => {
    const answer = await document(recording, '--window', '3');
    expect(answer.locks.map(({ waiting }) => waiting.maxPod)).toEqual(answer.locks.map(() => null));
    const printed = async (pods: number) => {
      const locks = answer.locks.map((lock) => ({ ...lock, waiting: { ...lock.waiting, pods, maxPod: 'shop-7' } }));
      const ask = (url: string) => runCommand(['top', '--server', url, '--service', 'shop']);
      return (await withServer(200, { ...answer, locks }, [], ask)).result.stdout;
    };
    expect(await printed(3)).toMatch(/at most \S+ in a window of [^;]+ on shop-7;/);
    expect(await printed(1)).not.toContain('shop-7');
  });

  test('that names a parameter as wrong is exit 2 with its words', async () => {
    const problem = { code: 'selection.time', detail: 'from: "yesterdayish" is no instant', place: 'query from' };
    const ask = (url: string) => runCommand(['top', '--server', url, '--service', 'x', '--from', 'yesterdayish']);
    const { result } = await withServer(400, problem, [], ask);
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining(problem.detail)]);
    expect((await withServer(400, { detail: 'the URL cannot be read' }, [], ask)).result.code).toBe(4);
  });

  test('that refuses, or answers something else, is exit 4 with its words', async () => {
    const ask = (url: string) => runCommand(['top', '--server', url, '--service', 'x']);
    const refused = await withServer(401, { code: 'auth.token', detail: 'a token is needed' }, [], ask);
    expect([refused.result.code, refused.result.stderr.includes('401: a token is needed')]).toEqual([4, true]);
    const other = await withServer(200, { schema: 'lockscope/top/v9' }, [], ask);
    expect([other.result.code, other.result.stdout]).toEqual([4, '']);
    expect((await ask(other.url)).code).toBe(4);
  });
});

async function withServer<T>(
  status: number,
  answer: unknown,
  seen: { url: string | undefined; authorization: string | undefined }[],
  ask: (url: string) => Promise<T>,
): Promise<{ result: T; url: string }> {
  const server = createServer((request, response) => {
    seen.push({ url: request.url, authorization: request.headers.authorization });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${isAddress(address) ? address.port : 0}`;
  try {
    return { result: await ask(url), url };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function isAddress(address: ReturnType<ReturnType<typeof createServer>['address']>): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
