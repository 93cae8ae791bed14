import { fetchProfile } from '@/ingest/scrape-endpoint';
import { createTraceStore, type StoreTrace } from '@/ingest/store-trace';
import type { Job } from '@/jobs/job';
import type { Config } from '@/lib/config';
import { blobsDirOf, type Stores } from '@/lib/open-stores';
import { keptVersion } from '@/lib/query/trace/encode-analysis';
import { openAnalysis, openViews } from '@/lib/traces/open';
import type { Traces } from '@/lib/traces/port';
import type { UnixMs } from '@/lib/units';
import { analysisQueue } from './analysis-queue';
import { type ArmedTargets, armedTargets } from './armed-targets';
import { createTraces } from './captures';
import { createRecorder } from './recorder';
import { traceRetentionJob } from './retention';
import { stallQuestions } from './stalls-of-target';

/** Bytes of analyses that stay open: a capture of 100 MB takes about as much. */
const keptBytes = 512 * 1024 * 1024;

export interface OpenTraces {
  readonly traces: Traces;
  readonly targets: ArmedTargets;
  /** The way into the store for every trace, however it came. */
  readonly store: StoreTrace;
  readonly queue: Job;
  readonly retention: ReturnType<typeof traceRetentionJob>;
  close(): Promise<void>;
}

export interface OpenTracesOptions {
  readonly stores: Stores;
  readonly config: Config;
  readonly now: () => UnixMs;
  /** Bundled workers by name; without one the work is done on the calling thread. */
  readonly worker: (name: string) => { readonly workerUrl?: URL };
}

/** Puts together what a server needs for execution traces. Nothing runs before its jobs are started. */
export function openTraces({ stores, config, now, worker }: OpenTracesOptions): OpenTraces {
  const { store: samples, catalog, blobs } = stores;
  const { wrappers, limits, traces: settings } = config;
  const blobsDir = blobsDirOf(config.dataDir);
  const start = openAnalysis({ blobsDir, wrappers, maxBytes: settings.memoryBytes }, worker('analyse-trace.worker.js'));
  const views = openViews({ blobsDir, keptBytes }, worker('view-traces.worker.js'));
  const queue = analysisQueue({ catalog, blobs, start, version: keptVersion });
  const traces = createTraces({ catalog, blobs, queue, views });
  const store = createTraceStore({ catalog, blobs, maxBytes: limits.traceBytes, now, analyse: queue.add });
  return {
    traces,
    targets: armedTargets({
      catalog,
      recorder: createRecorder({ store, config, now }),
      stalls: stallQuestions(samples, config),
      goroutines: ({ url }, signal) => fetchProfile(url, 'goroutine', limits, signal),
      armedMs: settings.armedMs,
      now,
    }),
    store,
    queue,
    retention: traceRetentionJob({ catalog, blobs, traces, ageMs: config.traceAgeMs }),
    close: () => views.close(),
  };
}
