import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Scraper, scrapeJob } from '@/jobs/scrape';
import type { ScrapeOutcome, TargetRecord } from '@/lib/catalog/port';
import { unixMs } from '@/lib/units';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const target = (id: string, change: Partial<TargetRecord> = {}): TargetRecord => ({
  id,
  service: 'orders',
  url: `http://${id}:6060`,
  everyMs: 10_000,
  build: undefined,
  labels: {},
  profiles: ['mutex'],
  source: 'ui',
  enabled: true,
  createdAt: unixMs(0),
  lastScrape: undefined,
  restarts: 0,
  missed: 0,
  facts: [],
  ...change,
});
const outcome = (): ScrapeOutcome => ({ at: unixMs(Date.now()), error: undefined, facts: [], events: [] });

/** A scraper that takes `tookMs` and writes down what it was asked for, and when. */
function recording(tookMs = 0) {
  const log: string[] = [];
  const scraper: Scraper = {
    async scrapeOnce({ id }) {
      log.push(`${Date.now() / 1_000}s ${id}`);
      if (tookMs > 0) await new Promise((resolve) => setTimeout(resolve, tookMs));
      return outcome();
    },
    forget: (id) => log.push(`forget ${id}`),
    close: () => {},
  };
  return { log, scraper };
}
const catalogOf = (targets: () => TargetRecord[]) => {
  const noted: string[] = [];
  return {
    noted,
    listTargets: async () => targets(),
    noteScrape: async (id: string, { at }: ScrapeOutcome) => void noted.push(`${at / 1_000}s ${id}`),
  };
};

test('scrapes each target at its own pace and notes every outcome', async () => {
  const { log, scraper } = recording();
  const catalog = catalogOf(() => [target('00'), target('01', { everyMs: 25_000 })]);
  const job = scrapeJob(catalog, scraper);
  job.start();
  await vi.advanceTimersByTimeAsync(30_500);
  await job.stop();
  expect(log).toEqual(['0s 00', '0.001s 01', '10s 00', '20s 00', '25.001s 01', '30s 00']);
  expect(catalog.noted).toEqual(log);
});

test('a slow target misses its turn and keeps its beat', async () => {
  const { log, scraper } = recording(12_000);
  const job = scrapeJob(
    catalogOf(() => [target('00')]),
    scraper,
  );
  job.start();
  await vi.advanceTimersByTimeAsync(45_000);
  const stopping = job.stop();
  await vi.advanceTimersByTimeAsync(12_000);
  await stopping;
  expect(log).toEqual(['0s 00', '20s 00', '40s 00']);
});

test('follows changes: removed and disabled targets are forgotten, others are not disturbed', async () => {
  let targets = [target('00'), target('01'), target('02')];
  const { log, scraper } = recording();
  const job = scrapeJob(
    catalogOf(() => targets),
    scraper,
  );
  job.start();
  await vi.advanceTimersByTimeAsync(5_000);
  targets = [target('00', { restarts: 7 }), target('01', { enabled: false })];
  await job.reload();
  expect(job.size).toBe(1);
  await vi.advanceTimersByTimeAsync(6_000);
  await job.stop();
  expect(log).toEqual(['0s 00', '0.001s 01', '0.002s 02', 'forget 01', 'forget 02', '10s 00']);
});

test('goes on after a scrape that threw, and does nothing after stop', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  let calls = 0;
  const scraper: Scraper = {
    scrapeOnce: async () => {
      calls++;
      throw new Error('no route');
    },
    forget: () => {},
    close: () => {},
  };
  const job = scrapeJob(
    catalogOf(() => [target('00')]),
    scraper,
  );
  job.start();
  await vi.advanceTimersByTimeAsync(10_500);
  await job.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toBe(2);
  expect(printed).toHaveBeenCalledWith('scrape of orders at http://00:6060 failed: no route');
  printed.mockRestore();
});
