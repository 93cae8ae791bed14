/**
 * The overview's reads: 50 services of 10 pods for an hour, over two read threads, beside all reads asked for at once.
 * Argument: rounds (default 7).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptAnswers } from '@/lib/query/kept-answers';
import { type KeepRow, type OverviewRow, queryOverview } from '@/lib/query/overview';
import { openSampleStore } from '@/lib/store/open';
import { unixMs } from '@/lib/units';
import { overviewLoad, serviceName, writeOverviewLoad } from './overview-load';
import { median } from './page-browser';
import { bundleReadWorker } from './read-worker';

const rounds = Number(process.argv[2] ?? 7);
const hourMs = 3_600_000;
/** Half past: half of the range lies in an hour that is not closed. */
const end = Date.UTC(2026, 10, 20, 12, 30);
const services = Array.from({ length: overviewLoad.services }, (_, index) => serviceName(index));
const range = { from: unixMs(end - hourMs), to: unixMs(end), live: true, text: { from: '', to: '' } };
const scope = { range, matchers: [] };
const options = { defaults: {}, idleFunctions: [], listIdle: false };

const folder = mkdtempSync(join(tmpdir(), 'lockscope-bench-overview-'));
const store = await openSampleStore({ dir: join(folder, 'data'), workerUrl: await bundleReadWorker() });
try {
  const windows = await writeOverviewLoad(store, end - hourMs, end);
  // As the roll-up job leaves it: the closed hour is rolled up, the open one is not.
  await store.rollUp(unixMs(end));
  const what = `overview, ${services.length} services × ${overviewLoad.pods} pods × 1 h`;
  console.log(`| ${what} (${windows} profiles) | ms, median of ${rounds} | CPU ms |\n|---|---|---|`);
  const ask = (keep?: KeepRow) => queryOverview(store, services, scope, () => options, keep);
  const kept = new KeptAnswers<OverviewRow>({ most: 1_000, longestMs: hourMs });
  await measure('alternative: a query a service, all at once', () =>
    Promise.all(services.map((service) => queryOverview(store, [service], scope, () => options))),
  );
  await measure('every service stored something since', () => ask());
  const versions = new Map(services.map((service) => [service, 0]));
  const askKept = () => ask((service, key, make) => kept.get(service + key, String(versions.get(service)), 0, make));
  let round = 0;
  await measure('one service stored something since', () => {
    round += 1;
    versions.set(services[round % services.length] ?? '', round);
    return askKept();
  });
  await measure('nothing was stored since', askKept);
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Prints a row; the first round, which fills what is remembered, does not count. */
async function measure(what: string, read: () => Promise<unknown>): Promise<void> {
  const [times, cpu]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const [from, before] = [performance.now(), process.cpuUsage()];
    await read();
    const { user, system } = process.cpuUsage(before);
    if (round === 0) continue;
    times.push(performance.now() - from);
    cpu.push((user + system) / 1_000);
  }
  console.log(`| ${what} | ${median(times).toFixed(0)} | ${median(cpu).toFixed(0)} |`);
}
