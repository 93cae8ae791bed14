import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createScraper } from '@/ingest/scrape';
import type { ScrapeOutcome, TargetRecord } from '@/lib/catalog/port';
import { parseConfigFile } from '@/lib/config-file';
import { framesOfStack } from '@/lib/profile/frame';
import { unixMs } from '@/lib/units';
import { freePort } from '@/scripts/free-port.mjs';
import { buildGo, endProgram, endStartedPrograms, startProgram } from '@/tests/support/go-program';
import { hasProgram } from '@/tests/support/has-program';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';

const folder = mkdtempSync(join(tmpdir(), 'lockscope-scrape-'));
let server: IngestServer | undefined;
afterEach(() => endStartedPrograms());
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The functions that occur in the stacks of one kind of profile. */
async function functionsIn(from: IngestServer, name: string): Promise<string[]> {
  const all = { type: { name }, matchers: [], from: unixMs(0), to: unixMs(4e12) };
  const { profile } = await from.store.merged(all);
  const stacks = Array.from({ length: profile.stacks.length }, (_, stack) => framesOfStack(profile, stack));
  return stacks.flat().map((frame) => frame.function);
}

test.skipIf(!hasProgram('go'))(
  'a real Go service is scraped across a restart: no negative window, the restart is an event',
  async () => {
    const binary = buildGo('examples/order-service', join(folder, 'order-service'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const start = () =>
      startProgram(binary, ['-listen', `127.0.0.1:${port}`, '-reload', '2s', '-hold', '500ms', '-rps', '60']);
    server = await startIngestServer({ now: Date.now() });
    const target: TargetRecord = {
      id: 'live',
      service: 'orders',
      url,
      everyMs: 3_000,
      build: undefined,
      labels: { pod: 'scraped-0' },
      profiles: ['block', 'mutex', 'heap', 'goroutine', 'cpu'],
      source: 'ui',
      enabled: true,
      createdAt: unixMs(Date.now()),
      lastScrape: undefined,
      restarts: 0,
      missed: 0,
      facts: [],
    };
    const scraper = createScraper({
      accept: server.ingest.accept,
      config: parseConfigFile('', 'test'),
      now: () => unixMs(Date.now()),
    });
    const outcomes: ScrapeOutcome[] = [];
    const scrape = async () => {
      const outcome = await scraper.scrapeOnce(target);
      outcomes.push(outcome);
      return outcome;
    };
    const scrapeWhenUp = () =>
      expect.poll(async () => (await scrape()).error, { timeout: 30_000, interval: 200 }).toBeUndefined();

    const first = start();
    await scrapeWhenUp();
    for (let i = 0; i < 3; i++) {
      await sleep(1_000);
      await scrape();
    }
    await endProgram(first, 'SIGKILL');
    expect((await scrape()).error).toMatch(/ECONNREFUSED/);
    start();
    await scrapeWhenUp();
    await sleep(1_000);
    await scrape();

    const events = outcomes.flatMap((one) => one.events.map(({ kind }) => kind));
    expect(events.filter((kind) => kind === 'first')).toHaveLength(1);
    expect(events.filter((kind) => kind === 'restart')).toHaveLength(1);
    expect(outcomes.at(-1)?.facts.map(({ profile, ok }) => [profile, ok])).toEqual(
      target.profiles.map((profile) => [profile, true]),
    );

    const windows = await server.windows();
    for (const window of windows) {
      for (const value of window.values) expect(value).toBeGreaterThanOrEqual(0);
      expect(window.wallMs).toBeGreaterThan(0);
    }
    // What two processes of a few seconds cannot have waited: a restart read as a window of its own would show here.
    const block = windows.filter(({ series }) => series.type.name === 'block').sort((a, b) => a.start - b.start);
    expect(block.length).toBeGreaterThanOrEqual(4);
    for (const [i, window] of block.entries()) {
      const next = block[i + 1];
      if (next !== undefined) expect(window.start + window.wallMs).toBeLessThanOrEqual(next.start);
    }
    expect(await functionsIn(server, 'block')).toContainEqual(expect.stringMatching(/\.GetConfig$/));
    expect(await functionsIn(server, 'mutex')).toContainEqual(expect.stringMatching(/\.ReloadFromDB$/));
  },
);
