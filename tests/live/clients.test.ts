import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type BuiltServer, endStartedServers, startBuiltServer } from '@/tests/support/built-server';
import { buildGo, endProgram, endStartedPrograms, startProgram } from '@/tests/support/go-program';
import { hasProgram } from '@/tests/support/has-program';

const hasGo = hasProgram('go');
const folder = mkdtempSync(join(tmpdir(), 'lockscope-clients-'));
let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer({ LOCKSCOPE_DATA: join(folder, 'data') });
});
afterEach(() => endStartedPrograms());
afterAll(async () => {
  await endStartedServers();
  rmSync(folder, { recursive: true, force: true });
});

const site = z.object({ function: z.string() });
const locksSchema = z.object({
  locks: z.array(
    z.object({
      family: z.string(),
      waiting: z.object({ max: z.number().nullable(), bucketSeconds: z.number().nullable() }),
      waiters: z.array(z.object({ site })),
      holders: z.array(z.object({ site })),
    }),
  ),
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

/** Waits until `name` is at least `least`; a busy machine may take its time. */
async function waitFor(name: string, least: number): Promise<void> {
  await expect.poll(() => metric(name), { timeout: 90_000, interval: 500 }).toBeGreaterThanOrEqual(least);
}

test.skipIf(!hasGo)('pyroscope-go pushes an order service: GetConfig waits, ReloadFromDB holds', async () => {
  const push = buildGo('examples/order-service/push', join(folder, 'push'));
  const args = [
    '-server',
    server.url,
    '-upload',
    '5s',
    '-reload',
    '5s',
    '-hold',
    '900ms',
    '-pod',
    'live-0',
    '-build',
    'test-1',
  ];
  // pyroscope-go up to 1.4.3 leaves GetConfig out of the stacks without it: examples/order-service/push/README.md.
  const service = startProgram(push, args, { GODEBUG: 'tracefpunwindoff=1' });
  // Block, mutex, goroutine and two of memory a window, CPU less often: three windows.
  await waitFor('lockscope_ingest_windows_total', 15);
  await endProgram(service);
  const answer = await fetch(`${server.url}/api/v1/services/order-service/locks?from=now-15m`);
  const { locks } = locksSchema.parse(await answer.json());
  const [first] = locks;
  expect(first?.family).toBe('RWMutex');
  expect(first?.waiters[0]?.site.function).toMatch(/\.GetConfig$/);
  expect(first?.holders[0]?.site.function).toMatch(/\.ReloadFromDB$/);
  expect(first?.waiting.max).toBeGreaterThan(1);
  expect(first?.waiting.bucketSeconds).toBeGreaterThan(0);
});

test('@pyroscope/nodejs pushes wall, CPU and heap', async () => {
  const before = await metric('lockscope_ingest_windows_total');
  startProgram(process.execPath, ['--import', 'tsx', 'examples/node-service/server.ts'], {
    LOCKSCOPE_URL: server.url,
    PORT: '0',
    FLUSH_SECONDS: '3',
    POD: 'node-live',
  });
  await waitFor('lockscope_ingest_windows_total', before + 4);
  const services = await (await fetch(`${server.url}/api/v1/services?from=now-15m`)).text();
  expect(services).toContain('node-service');
  const flame = await fetch(`${server.url}/api/v1/services/node-service/flamegraph?type=wall:wall&from=now-15m`);
  expect(flame.status).toBe(200);
});
