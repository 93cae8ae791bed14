import { realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job } from '@/jobs/job';
import { retentionJob } from '@/jobs/retention';
import { rollUpJob } from '@/jobs/roll-up';
import { accessPolicy } from '@/lib/access/policy';
import { openBlobs } from '@/lib/blobs/open';
import { openCatalog } from '@/lib/catalog/open';
import { type Config, readConfig } from '@/lib/config';
import { type LockscopeContext, publishContext } from '@/lib/context';
import { errorCode, errorMessage } from '@/lib/errors';
import { createEventStreams } from '@/lib/http/events';
import { listen } from '@/lib/http/listen';
import { createListener } from '@/lib/http/routes';
import { drainServer } from '@/lib/http/stop';
import { createLiveHub } from '@/lib/live';
import { MemorySampleStore } from '@/lib/store/memory';
import { unixMs } from '@/lib/units';

/** Longer than one 10 s push interval apart: clients keep their connection between pushes. */
const keepAliveMs = 75_000;
/** A stop that takes longer loses nothing that was acknowledged: that is durable already. */
const stopDeadlineMs = 10_000;

export interface RunningServer {
  readonly address: string;
  /** Takes no new work, finishes what was begun, closes the stores. */
  stop(): Promise<void>;
}

/** Opens the stores of `config.dataDir` and serves. Throws before anything is changed when that cannot be. */
export async function startServer(config: Config): Promise<RunningServer> {
  const policy = accessPolicy(config);
  const store = new MemorySampleStore();
  const catalog = await openCatalog(
    config.catalogUrl === undefined ? { dir: config.dataDir } : { postgresUrl: config.catalogUrl },
  );
  const blobs = openBlobs({ dir: join(config.dataDir, 'blobs') });
  const live = createLiveHub();
  const events = createEventStreams(live);
  const jobs: readonly Job[] = [rollUpJob(store), retentionJob(store, () => config.retention)];

  // Before Next is loaded: it reads both on the way.
  Object.assign(process.env, {
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: config.development ? 'development' : 'production',
  });
  const { default: next } = await import('next');
  const app = next({ dev: config.development, dir: join(dirname(fileURLToPath(import.meta.url)), '..') });
  const server = createServer();
  server.keepAliveTimeout = keepAliveMs;
  await app.prepare();
  const pages = app.getRequestHandler();
  server.on(
    'request',
    createListener({
      policy,
      development: config.development,
      ingest: { handles: () => false, handle: async () => {} },
      pages: (req, res) => pages(req, res),
      events,
      unready: async () => undefined,
      metrics: () => [],
    }),
  );
  const address = await listen(server, config.host, config.port);
  const context: LockscopeContext = {
    config,
    store,
    catalog,
    blobs,
    live,
    targetsChanged: () => {},
    metrics: () => [],
    startedAt: unixMs(Date.now()),
    address,
  };
  publishContext(context);
  for (const job of jobs) job.start();

  return {
    address,
    async stop() {
      events.close();
      await Promise.all([drainServer(server), ...jobs.map((job) => job.stop())]);
      live.close();
      publishContext(undefined);
      await catalog.close();
      await store.close();
      await app.close();
    },
  };
}

/** Runs the server until SIGTERM or SIGINT; the promise is the exit code. */
export async function runServer(config: Config): Promise<number> {
  const running = await startServer(config);
  console.log(`Lockscope listens on ${running.address}, data in ${config.dataDir}`);
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  const deadline = setTimeout(() => {
    console.error('stopping took too long');
    process.exit(1);
  }, stopDeadlineMs);
  await running.stop();
  clearTimeout(deadline);
  return 0;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exit(await runServer(readConfig()));
  } catch (error) {
    console.error(errorCode(error) === undefined ? error : errorMessage(error));
    process.exit(2);
  }
}
