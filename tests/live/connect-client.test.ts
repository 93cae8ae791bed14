import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { endStartedServers, startBuiltServer } from '@/tests/support/built-server';
import { buildGo } from '@/tests/support/go-program';
import { hasProgram } from '@/tests/support/has-program';
import { message } from '@/tests/support/pprof-message';

// Grafana Pyroscope's generated Connect client, which Alloy's pyroscope.write uses: examples/connect-push.
const hasGo = hasProgram('go');
const folder = mkdtempSync(join(tmpdir(), 'lockscope-connect-'));
const token = 'push-token';
let client: string;

beforeAll(() => {
  if (hasGo) client = buildGo('examples/connect-push', join(folder, 'connect-push'));
});
afterEach(endStartedServers);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A recording of four seconds as if made now. In protobuf the last value of a field counts; 9 is `time_nanos`. */
function recordedNow(name: 'block' | 'mutex'): string {
  const recorded = readFileSync(`tests/fixtures/go/http-go1.26/${name}-seconds4.pb.gz`);
  const now = message(({ varint }) => [varint(9, BigInt(Date.now()) * 1_000_000n)]);
  const file = join(folder, `${name}.pb.gz`);
  writeFileSync(file, gzipSync(Buffer.concat([gunzipSync(recorded), now])));
  return file;
}

/** The labels that Alloy's pyroscope.scrape gives a profile it has differenced. */
const alloyLabels = (service: string, name: string) =>
  [
    `__name__=${name}`,
    '__delta__=false',
    `service_name=${service}`,
    'instance=10.0.0.7:6060',
    'job=orders',
    'otel.scope.name=com.grafana.alloy/pyroscope.scrape',
  ].flatMap((label) => ['-label', label]);

/** Runs the client; what it printed and how it ended. Not synchronous: this process reads the server's output. */
async function push(server: string, args: readonly string[], ingestToken = token) {
  const child = spawn(client, ['-server', server, ...args], {
    env: { ...process.env, LOCKSCOPE_INGEST_TOKEN: ingestToken },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
  await once(child, 'close');
  return { code: child.exitCode, text };
}

const site = z.object({ site: z.object({ function: z.string() }) });
const locksSchema = z.object({
  locks: z.array(z.object({ family: z.string(), waiters: z.array(site), holders: z.array(site) })),
});

test.skipIf(!hasGo)(
  'takes protobuf and JSON, plain and gzipped, from the Connect client and finds the lock (skipped without Go)',
  async () => {
    const server = await startBuiltServer({ LOCKSCOPE_DATA: join(folder, 'data'), LOCKSCOPE_INGEST_TOKEN: token });
    const forms = { proto: [], protogzip: ['-gzip'], json: ['-json'], jsongzip: ['-json', '-gzip'] };
    for (const [service, form] of Object.entries(forms)) {
      for (const name of ['block', 'mutex'] as const) {
        const args = [...form, '-id', crypto.randomUUID(), ...alloyLabels(service, name), recordedNow(name)];
        expect(await push(server.url, args)).toEqual({ code: 0, text: 'ok\n' });
      }
      const answer = await fetch(`${server.url}/api/v1/services/${service}/locks?from=now-15m&label=job%3Dorders`);
      const [first] = locksSchema.parse(await answer.json()).locks;
      expect(first?.family).toBe('RWMutex');
      expect(first?.waiters[0]?.site.function).toMatch(/\.GetConfig$/);
      expect(first?.holders[0]?.site.function).toMatch(/\.ReloadFromDB$/);
    }
  },
);

test.skipIf(!hasGo)('refuses with codes that the Connect client reads (skipped without Go)', async () => {
  const server = await startBuiltServer({ LOCKSCOPE_DATA: join(folder, 'refused'), LOCKSCOPE_INGEST_TOKEN: token });
  const labels = alloyLabels('orders', 'block');
  for (const form of [[], ['-json', '-gzip']]) {
    const unknown = await push(server.url, [...form, ...labels, recordedNow('block')], 'another-token');
    expect(unknown).toEqual({ code: 1, text: expect.stringMatching(/^unauthenticated: /) });
    const damaged = await push(server.url, [...form, ...labels, 'tests/fixtures/go/README.md']);
    expect(damaged).toEqual({ code: 1, text: expect.stringMatching(/^invalid_argument: .*pprof/) });
    const cumulative = await push(server.url, [...form, ...labels, 'tests/fixtures/go/http-go1.26/w1-block.pb.gz']);
    expect(cumulative).toEqual({ code: 1, text: expect.stringMatching(/^invalid_argument: .*cumulative/) });
  }
});

test.skipIf(!hasGo)('sheds with resource_exhausted, which Alloy repeats (skipped without Go)', async () => {
  const config = join(folder, 'slow.yml');
  writeFileSync(config, 'limits: { rate: 1kB }\n');
  const server = await startBuiltServer({
    LOCKSCOPE_DATA: join(folder, 'slow'),
    LOCKSCOPE_CONFIG: config,
    LOCKSCOPE_INGEST_TOKEN: token,
  });
  const answers: string[] = [];
  while (answers.length < 30 && (answers.at(-1) ?? 'ok\n') === 'ok\n') {
    answers.push((await push(server.url, [...alloyLabels('orders', 'block'), recordedNow('block')])).text);
  }
  expect([answers[0], answers.at(-1)]).toEqual(['ok\n', expect.stringMatching(/^resource_exhausted: /)]);
});
