import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createIngest } from '@/ingest/receive';
import { createScraper } from '@/ingest/scrape';
import { type ScrapeJob, scrapeJob } from '@/jobs/scrape';
import { type OpenTraces, openTraces } from '@/jobs/traces/open';
import type { CaptureRecord } from '@/lib/catalog/captures';
import type { TargetRecord } from '@/lib/catalog/port';
import { loadConfig } from '@/lib/config';
import { openStores, type Stores } from '@/lib/open-stores';
import { unixMs } from '@/lib/units';
import { bundledWorker } from '@/tests/support/bundled-worker';
import { buildGo, endProgram, endStartedPrograms, startProgram } from '@/tests/support/go-program';
import { goToolchain } from '@/tests/support/go-tool-trace';
import { hasProgram } from '@/tests/support/has-program';

/** The parts of a server that trace targets, over real stores and threads, against a real Go service that stalls. */
const folder = mkdtempSync(join(tmpdir(), 'lockscope-trace-targets-'));
const workers = new Map<string, URL>();
const binary = join(folder, 'order-service');
let stores: Stores;
let traces: OpenTraces;
let scrape: ScrapeJob;
let child: ChildProcess;
let folders = 0;

beforeAll(async () => {
  for (const name of ['analyse-trace', 'view-traces']) {
    workers.set(`${name}.worker.js`, await bundledWorker(`lib/traces/${name}.worker.ts`, folder));
  }
  if (hasProgram('go')) buildGo('examples/order-service', binary);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  const config = loadConfig({ LOCKSCOPE_DATA: join(folder, `data-${++folders}`) }, () => 'traces: { pause: 0s }');
  const now = () => unixMs(Date.now());
  stores = await openStores(config, {});
  traces = openTraces({
    stores,
    config,
    now,
    worker: (name) => {
      const workerUrl = workers.get(name);
      return workerUrl === undefined ? {} : { workerUrl };
    },
  });
  const ingest = createIngest({ ...stores, storeTrace: traces.store, config, now });
  scrape = scrapeJob(stores.catalog, createScraper({ accept: ingest.accept, config, now }), traces.targets.scraped);
  for (const job of [traces.queue, traces.targets, scrape]) job.start();
});
afterEach(async () => {
  await endStartedPrograms();
  await Promise.all([traces.queue, traces.targets, scrape].map((job) => job.stop()));
  await traces.close();
  await stores.close();
});

/** Starts the service and scrapes it. */
async function startService(flags: readonly string[], everyMs: number): Promise<TargetRecord> {
  child = startProgram(binary, ['-listen', '127.0.0.1:0', '-rps', '200', ...flags]);
  const url = await new Promise<string>((resolve) => {
    let text = '';
    child.stderr?.on('data', (part: string) => {
      text += part;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const target = await stores.catalog.putTarget({
    service: 'orders',
    url,
    everyMs,
    build: '1.41',
    labels: { pod: 'orders-0' },
    profiles: ['block'],
    source: 'ui',
  });
  await scrape.reload();
  return target;
}

/** The capture that comes, analysed; fails with the target's events. */
async function armedCapture(target: TargetRecord, timeoutMs: number): Promise<CaptureRecord> {
  return vi.waitFor(
    async () => {
      const [capture] = (await stores.catalog.listCaptures({ limit: 1, offset: 0 })).rows;
      if (capture?.status === 'done') return capture;
      const events = await stores.catalog.listTargetEvents(target.id, 20);
      throw new Error(JSON.stringify([capture?.status, capture?.error, traces.targets.armed(target.id), events]));
    },
    { timeout: timeoutMs, interval: 200 },
  );
}

async function longestGetConfig({ id }: CaptureRecord): Promise<number> {
  const waiters = (await stores.catalog.listCaptureLocks(id)).flatMap((lock) => lock.waiters);
  return Math.max(...waiters.filter((one) => one.function.includes('GetConfig')).map((one) => one.maxNs ?? 0)) / 1e9;
}

const arm = { threshold: undefined, lockId: undefined, seconds: 4, most: 1, forMs: undefined };

describe.skipIf(!hasProgram('go'))('a service that stalls every three seconds for one', () => {
  const stalling = ['-reload', '3s', '-hold', '1s'];

  test('is traced on demand, and a second trace of the process at the same time is a conflict in words', async () => {
    const target = await startService(stalling, 60_000);
    const other = fetch(`${target.url}/debug/pprof/trace?seconds=2`).then((answer) => answer.arrayBuffer());
    await sleep(500);
    await expect(traces.targets.record(target.id, 1)).rejects.toMatchObject({
      code: 'trace.conflict',
      message: expect.stringContaining('Could not enable tracing'),
    });
    await other;
    const { capture } = await traces.targets.record(target.id, 5);
    expect(capture).toMatchObject({ service: 'orders', pod: 'orders-0', build: '1.41', source: 'target' });
    const done = await armedCapture(target, 30_000);
    expect(done.analysis?.durationMs).toBeGreaterThan(4_500);
    expect(await longestGetConfig(done)).toBeGreaterThan(0.8);
    await endProgram(child);
  });

  test('armed on goroutines: the trace has the rest of the stall that started it, and the next one', async () => {
    const target = await startService(stalling, 60_000);
    await traces.targets.arm(target.id, { ...arm, trigger: 'goroutines' });
    const capture = await armedCapture(target, 40_000);
    expect(capture).toMatchObject({
      source: 'armed',
      reason: expect.stringMatching(/^armed \(goroutines\): \d+ goroutines waited for locks, at least 50/),
    });
    expect(await longestGetConfig(capture)).toBeGreaterThan(0.5);
    expect(traces.targets.armed(target.id)).toBeUndefined();
  });
});

test.skipIf(!hasProgram('go') || goToolchain('1.25.1') === undefined)(
  'armed on the flight recorder: after the stall was over, the capture has all of it',
  async () => {
    const target = await startService(['-reload', '8s', '-hold', '1s', '-flight-recorder', '15s'], 4_000);
    await traces.targets.arm(target.id, { ...arm, trigger: 'recorder' });
    const capture = await armedCapture(target, 60_000);
    expect(capture.reason).toMatch(/^armed \(recorder\): [\d.]+ goroutines waited for .* on average over \d+ s/);
    expect(capture.analysis?.durationMs).toBeGreaterThan(4_000);
    expect(await longestGetConfig(capture)).toBeGreaterThan(0.8);
  },
);

test.skipIf(!hasProgram('go'))(
  'armed on a beat: the trace starts before the fifth stall and holds all of it',
  async () => {
    const target = await startService(['-reload', '20s', '-hold', '1500ms'], 5_000);
    await traces.targets.arm(target.id, { ...arm, trigger: 'periodic' });
    const capture = await armedCapture(target, 170_000);
    expect(capture.reason).toMatch(
      /^armed \(periodic\): .* stalls about every (?:1[89]|2[0-2]) s; the next one was expected/,
    );
    expect(await longestGetConfig(capture), capture.reason).toBeGreaterThan(1.2);
  },
);
