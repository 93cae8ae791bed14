import { existsSync, realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createIngest } from '@/ingest/receive';
import { createScraper } from '@/ingest/scrape';
import { retentionJob } from '@/jobs/retention';
import { rollUpJob } from '@/jobs/roll-up';
import { scrapeJob } from '@/jobs/scrape';
import { selfProfileJob } from '@/jobs/self-profile';
import { openTraces } from '@/jobs/traces/open';
import { uploadsJob } from '@/jobs/uploads';
import { type AccessPolicy, accessPolicy } from '@/lib/access/policy';
import { type Config, readConfig } from '@/lib/config';
import { publishContext } from '@/lib/context';
import { errorCode, errorMessage } from '@/lib/errors';
import { createEventStreams } from '@/lib/http/events';
import { listen } from '@/lib/http/listen';
import { preparePages } from '@/lib/http/pages';
import { createListener } from '@/lib/http/routes';
import { createMetrics } from '@/lib/http/server-metrics';
import { drainOf } from '@/lib/http/stop';
import { createLiveHub } from '@/lib/live';
import { blobsDirOf, openStores, type Stores } from '@/lib/open-stores';
import { unixMs } from '@/lib/units';
import { openUploadReader } from '@/lib/uploaded/open';

/** Longer than the pause between two pushes, so that clients keep their connection. */
const keepAliveMs = 75_000;
/** A stop cut short loses nothing that was acknowledged: that is durable already. */
const stopDeadlineMs = 10_000;

export interface RunningServer {
  readonly address: string;
  /** Takes no new work, finishes what was begun, closes the stores. */
  stop(): Promise<void>;
}

/** Opens the stores of `config.dataDir` and serves. Throws, with everything closed again, when that cannot be. */
export async function startServer(config: Config): Promise<RunningServer> {
  const policy = accessPolicy(config);
  const stores = await openStores(config, workerUrl('read.worker.js'));
  try {
    return await serve(config, policy, stores);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function serve(config: Config, policy: AccessPolicy, stores: Stores): Promise<RunningServer> {
  const { store, catalog, blobs } = stores;
  const live = createLiveHub();
  const events = createEventStreams(live);
  const now = () => unixMs(Date.now());
  const traces = openTraces({ stores, config, now, worker: workerUrl });
  const ingest = createIngest({
    store,
    catalog,
    blobs,
    storeTrace: traces.store,
    config,
    ...workerUrl('decode.worker.js'),
    now,
    notify: live.notify,
  });
  const { wrappers, idle: idleFunctions, limits } = config;
  const uploads = openUploadReader(
    { blobsDir: blobsDirOf(config.dataDir), wrappers, idleFunctions, inflatedBytes: limits.inflatedBytes },
    workerUrl('upload.worker.js'),
  );
  const jobs = [
    rollUpJob(store),
    retentionJob(store, config.retention, config.dataDir),
    uploadsJob(catalog, blobs, config.uploadAgeMs),
    traces.retention,
  ];
  await catalog.syncConfigTargets(config.targets);
  const scraper = createScraper({ accept: ingest.accept, config, now });
  const scrape = scrapeJob(catalog, scraper, traces.targets.scraped);
  const refusals = new Map<string, number>();
  const noteRefused = (code: string) => void refusals.set(code, (refusals.get(code) ?? 0) + 1);
  const metrics = createMetrics({
    access: () => refusals,
    ingest: ingest.metrics,
    store: () => store.stats(),
    jobs,
    targets: () => scrape.size,
  });
  const pages = await preparePages(join(dirname(fileURLToPath(import.meta.url)), '..'), config.development);
  const unready = async () => ((await store.stats()).full ? 'the disk is full' : undefined);
  const { development } = config;
  const server = createServer(
    createListener({ policy, development, ingest, pages: pages.handle, events, unready, noteRefused, metrics }),
  );
  server.keepAliveTimeout = keepAliveMs;
  const drain = drainOf(server);
  const address = await listen(server, config.host, config.port);
  const selfProfile = config.selfProfile ? [selfProfileJob(address, config.ingestToken)] : [];
  const started = [...jobs, traces.queue, traces.targets, scrape, ...selfProfile];
  publishContext({
    config,
    store,
    catalog,
    blobs,
    uploads,
    traces: traces.traces,
    targetTraces: traces.targets,
    live,
    targetsChanged() {
      void scrape.reload();
      traces.targets.targetsChanged();
    },
    metrics,
    startedAt: now(),
    address,
  });
  for (const job of started) job.start();

  return {
    address,
    async stop() {
      events.close();
      await Promise.all([drain(), ...started.map((job) => job.stop())]);
      live.close();
      await ingest.close();
      await uploads.close();
      await traces.close();
      await pages.close();
      publishContext(undefined);
      await stores.close();
    },
  };
}

/** Workers stand beside the bundle. */
function workerUrl(name: string): { workerUrl?: URL } {
  const url = new URL(`./${name}`, import.meta.url);
  return existsSync(fileURLToPath(url)) ? { workerUrl: url } : {};
}

/** Runs the server until SIGTERM or SIGINT, then ends the process with 0. Throws what `startServer` throws. */
export async function runServer(config: Config): Promise<never> {
  const running = await startServer(config);
  // Listened to before anybody is told that it runs, who could end it at once: its stores would stay open.
  const asked = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  console.log(`Lockscope listens on ${running.address}, data in ${config.dataDir}`);
  await asked;
  const deadline = setTimeout(() => {
    console.error(`stopping took longer than ${stopDeadlineMs / 1_000} s`);
    process.exit(1);
  }, stopDeadlineMs);
  await running.stop();
  clearTimeout(deadline);
  process.exit(0); // Next leaves handles behind that would keep the process
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await runServer(readConfig());
  } catch (error) {
    console.error(errorCode(error) === undefined ? error : errorMessage(error));
    process.exit(2);
  }
}
