import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { decodePprof } from '@/lib/pprof/decode';
import { encodeProfile } from '@/lib/pprof/encode';
import { pgoSchema } from '@/lib/query/api/pgo';
import { profileFromText } from '@/tests/support/profile-from-text';
import { hasProgram } from '../tests/support/has-program';
import { runCommand } from '../tests/support/run-command';

const recorded = (name: string) => `tests/fixtures/go/${name}`;
const windows = [1, 2, 3].map((index) => recorded(`ordersvc-go1.23-fixed/w${index}-cpu.pb.gz`));
const temporary = mkdtempSync(join(tmpdir(), 'lockscope-pgo-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));
const path = (name: string) => join(temporary, name);

interface Answer {
  readonly status: number;
  readonly body: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that gives one answer and keeps what it was asked. */
async function serverThatAnswers({ status, body, headers = {} }: Answer) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? ''}`.trim());
    response.writeHead(status, headers).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return { url: `http://127.0.0.1:${address.port}`, asked, close: () => server.close() };
}

describe('lockscope pgo', () => {
  test('writes one file and says what is in it', async () => {
    const { code, stdout, stderr } = await runCommand(['pgo', ...windows, '-o', path('a.pgo')]);
    expect(code).toBe(0);
    expect(stdout.replace(/\s/g, ' ')).toMatch(
      /a\.pgo: [\d.]+ KiB, \d+ calls, \d+ of them hot \(99 % of the weight\), from 3 profiles, \d+ samples/,
    );
    expect(stderr.replace(/\s/g, ' ')).toContain('which calls are hot is chance below some 10 000');
    const { comments } = decodePprof(readFileSync(path('a.pgo')));
    expect(comments[0]).toBe('lockscope pgo: 3 CPU profiles');
    expect(comments[1]).toMatch(/^2\d{3}-\S+Z to 2\d{3}-\S+Z$/);
    expect(comments[2]).toBe('w1-cpu.pb.gz w2-cpu.pb.gz w3-cpu.pb.gz');
  });

  test('the same profiles give the same bytes, in any order', async () => {
    await runCommand(['pgo', ...windows, '-o', path('a.pgo')]);
    await runCommand(['pgo', ...[...windows].reverse(), '-o', path('b.pgo')]);
    expect(readFileSync(path('b.pgo'))).toEqual(readFileSync(path('a.pgo')));
  });

  test('--json tells it in one document, with what was left out of a folder', async () => {
    const { code, stdout } = await runCommand(['pgo', recorded('http-go1.26'), '-o', path('c.pgo'), '--json']);
    const document = pgoSchema.parse(JSON.parse(stdout));
    expect(code).toBe(0);
    expect(document).toMatchObject({ profiles: 1, output: path('c.pgo'), bytes: readFileSync(path('c.pgo')).length });
    expect(document.edges).toBeGreaterThanOrEqual(document.hotEdges);
    expect(document.notes.map(({ code: told }) => told)).toContain('pgo.few-pods');
    expect(JSON.stringify(document.left_out)).toContain('a mutex profile: a kind this command does not read');
  });

  test('refuses a mutex profile, no profile, and arguments that make no sense; writes nothing then', async () => {
    const mutex = await runCommand(['pgo', recorded('antip-go1.23-hot-mutex/mutex.pb.gz'), '-o', path('no.pgo')]);
    expect(mutex).toMatchObject({ code: 3, stdout: '' });
    expect(mutex.stderr).toContain('expected a cpu profile');
    expect((await runCommand(['pgo', path('missing')])).code).toBe(3);
    expect((await runCommand(['pgo'])).code).toBe(2);
    expect((await runCommand(['pgo', '--server', 'http://127.0.0.1:1'])).code).toBe(2);
    expect((await runCommand(['pgo', windows[0] ?? '', '--service', 'x'])).code).toBe(2);
    expect((await runCommand(['pgo', '--server', 'http://127.0.0.1:1', '--service', 'x'])).code).toBe(4);
    expect((await runCommand(['pgo', '--help'])).stdout).toContain('Usage: lockscope pgo');
    expect(existsSync(path('no.pgo'))).toBe(false);
  });
});

describe('lockscope pgo --server', () => {
  const stored = encodeProfile(
    profileFromText(`
      cpu 1700000000s..1700000600s
      samples cpu stack (leaf first)
      30000  300s  api.encode api.go:15+10 ; api.serve api.go:85+80`),
  );

  test('asks for the CPU profile of the selection, and warns of few pods', async () => {
    const headers = { 'lockscope-series': '2', 'lockscope-wall-seconds': '1200' };
    const server = await serverThatAnswers({ status: 200, body: stored, headers });
    const args = ['--service', 'api', '--from', 'now-1h', '--label', 'zone=a', '--token', 't', '-o', path('s.pgo')];
    const { code, stdout } = await runCommand(['pgo', '--server', server.url, ...args, '--json']);
    server.close();
    expect(code).toBe(0);
    const [asked = ''] = server.asked;
    const query = 'from=now-1h&label=zone%3Da&type=process_cpu%3Acpu&format=pprof';
    expect(asked).toBe(`/api/v1/services/api/flamegraph?${query} Bearer t`);
    const document = pgoSchema.parse(JSON.parse(stdout));
    expect(document).toMatchObject({
      samples: 30_000,
      cpuSeconds: 300,
      source: 'service=api from=now-1h label=zone=a',
    });
    expect(document.window).toEqual({ start: '2023-11-14T22:13:20.000Z', end: '2023-11-14T22:23:20.000Z' });
    expect(document.notes.map(({ code: told }) => told)).toEqual(['pgo.few-pods', 'pgo.inlining-unknown']);
  });

  test('tells a wrong argument, a range without CPU profiles and a refusal apart', async () => {
    const ask = async (answer: Answer) => {
      const server = await serverThatAnswers(answer);
      const result = await runCommand(['pgo', '--server', server.url, '--service', 'api', '-o', path('t.pgo')]);
      server.close();
      return result;
    };
    const problem = (place: string) => JSON.stringify({ code: 'x', detail: 'in words', place });
    expect(await ask({ status: 400, body: problem('query from') })).toMatchObject({ code: 2, stdout: '' });
    expect(await ask({ status: 404, body: problem('query type') })).toMatchObject({ code: 3, stdout: '' });
    const refused = await ask({ status: 502, body: '<html>proxy</html>' });
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain('answered 502');
    expect(await ask({ status: 200, body: 'no profile' })).toMatchObject({ code: 3, stdout: '' });
  });
});

// CI has Go; without it these are skipped, and counted by the runner.
describe.skipIf(!hasProgram('go'))('Go reads the file', () => {
  const preprocessed = (file: string): string => {
    execFileSync('go', ['tool', 'preprofile', '-i', file, '-o', path('edges.txt')], { stdio: 'pipe' });
    return readFileSync(path('edges.txt'), 'utf8');
  };

  test.each([windows[1] ?? '', recorded('http-go1.26/w1-cpu.pb.gz'), recorded('antip-go1.23-hot-mutex/cpu.pb.gz')])(
    'and finds the very same weighted calls as in the profile itself: %s',
    async (file) => {
      await runCommand(['pgo', file, '-o', path('one.pgo')]);
      const edges = preprocessed(path('one.pgo'));
      expect(edges.split('\n').length).toBeGreaterThan(20);
      expect(edges).toBe(preprocessed(file));
    },
  );

  test('and the same as in the merge that go tool pprof makes of three', async () => {
    await runCommand(['pgo', ...windows, '-o', path('three.pgo')]);
    writeFileSync(path('merged.pb.gz'), execFileSync('go', ['tool', 'pprof', '-proto', ...windows], { stdio: 'pipe' }));
    expect(preprocessed(path('three.pgo'))).toBe(preprocessed(path('merged.pb.gz')));
  });

  test('and builds a program with it', { timeout: 300_000 }, async () => {
    const module = path('load');
    cpSync('bench/regression-load', module, { recursive: true });
    await runCommand(['pgo', ...windows, '-o', join(module, 'default.pgo')]);
    execFileSync('go', ['build', '-o', path('load.bin'), '.'], { cwd: module, stdio: 'pipe' });
    const built = execFileSync('go', ['version', '-m', path('load.bin')], { encoding: 'utf8' });
    expect(built).toMatch(/-pgo=.*default\.pgo/);
  });
});
