import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metric } from '@/lib/context';
import type { StoreStats } from '@/lib/store/port';

export interface MetricSources {
  /** Counts by name; `refused:<code>` are refusals. */
  readonly ingest: () => Readonly<Record<string, number>>;
  /** Requests refused before any route, by code. */
  readonly access: () => ReadonlyMap<string, number>;
  readonly store: () => Promise<StoreStats>;
  readonly jobs: readonly {
    readonly name: string;
    readonly facts: { readonly runs: number; readonly failures: number };
  }[];
  readonly targets: () => number;
}

/** What the write path holds at this moment; everything else it counts only grows. */
const gauges = new Set(['in_flight_bytes', 'queued_profiles']);
const refused = 'refused:';

/** Starts measuring the event loop and returns the function that reads all metrics. */
export function createMetrics(sources: MetricSources): () => Promise<readonly Metric[]> {
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  return async () => [
    ...ingestMetrics(sources.ingest()),
    {
      name: 'lockscope_access_refused_total',
      type: 'counter',
      help: 'Requests refused since the start for their credentials, Host or Origin, by error code.',
      values: [...sources.access()].map(([code, value]) => ({ labels: { code }, value })),
    },
    ...storeMetrics(await sources.store()),
    ...jobMetrics(sources.jobs),
    one('lockscope_scrape_targets', 'gauge', 'Targets scraped now.', sources.targets()),
    ...processMetrics(loop),
  ];
}

function one(name: string, type: Metric['type'], help: string, value: number): Metric {
  return { name, type, help, values: [{ value }] };
}

function ingestMetrics(counts: Readonly<Record<string, number>>): Metric[] {
  const entries = Object.entries(counts);
  const refusals = entries.filter(([name]) => name.startsWith(refused));
  return [
    ...entries
      .filter(([name]) => !name.startsWith(refused))
      .map(([name, value]) => {
        const gauge = gauges.has(name);
        const help = `Write path: ${name.replaceAll('_', ' ')}${gauge ? ' now' : ' since the start'}.`;
        return one(`lockscope_ingest_${name}${gauge ? '' : '_total'}`, gauge ? 'gauge' : 'counter', help, value);
      }),
    {
      name: 'lockscope_ingest_refused_total',
      type: 'counter',
      help: 'Requests refused since the start, by error code.',
      values: refusals.map(([name, value]) => ({ labels: { code: name.slice(refused.length) }, value })),
    },
  ];
}

function storeMetrics(stats: StoreStats): Metric[] {
  return [
    one('lockscope_store_windows', 'gauge', 'Profile windows kept.', stats.windows),
    one('lockscope_store_series', 'gauge', 'Series kept.', stats.series),
    one('lockscope_store_stacks', 'gauge', 'Distinct stacks kept.', stats.stacks),
    one('lockscope_store_bytes', 'gauge', 'Bytes on disk.', stats.bytes),
    one(
      'lockscope_store_overlaps',
      'gauge',
      'Windows of one series with one start and different content.',
      stats.overlaps,
    ),
    one('lockscope_store_collisions', 'gauge', 'Stacks refused because their id belongs to another.', stats.collisions),
  ];
}

function jobMetrics(jobs: MetricSources['jobs']): Metric[] {
  const values = (pick: 'runs' | 'failures') =>
    jobs.map(({ name, facts }) => ({ labels: { job: name }, value: facts[pick] }));
  return [
    { name: 'lockscope_job_runs_total', type: 'counter', help: 'Runs of a background job.', values: values('runs') },
    {
      name: 'lockscope_job_failures_total',
      type: 'counter',
      help: 'Failed runs of a job.',
      values: values('failures'),
    },
  ];
}

function processMetrics(loop: IntervalHistogram): Metric[] {
  const cpu = process.cpuUsage();
  const lagNanos = loop.percentile(99);
  loop.reset();
  return [
    one('process_cpu_seconds_total', 'counter', 'CPU time, all threads.', (cpu.user + cpu.system) / 1e6),
    one('process_resident_memory_bytes', 'gauge', 'Resident memory.', process.memoryUsage.rss()),
    one(
      'nodejs_eventloop_lag_p99_seconds',
      'gauge',
      'Delay of the event loop since this was last read, p99.',
      lagNanos / 1e9,
    ),
  ];
}
