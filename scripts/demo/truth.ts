import { z } from 'zod';

const Waits = z.object({ calls: z.number(), waitsOver1ms: z.number(), waitedSeconds: z.number(), maxMs: z.number() });
const Window = z.object({
  start: z.string(),
  end: z.string(),
  requests: z.object({ n: z.number(), p50Ms: z.number(), p99Ms: z.number(), maxMs: z.number() }),
  getConfig: Waits,
  publish: Waits,
  maxInFlight: z.number(),
});
const Site = z.object({ function: z.string(), file: z.string(), line: z.number() });

/** What one process of the service measured about itself (examples/order-service/internal/truth). */
export const ProcessTruth = z.object({
  schema: z.literal('order-service/truth/v1'),
  service: z.string(),
  pod: z.string(),
  build: z.string(),
  fixed: z.boolean(),
  go: z.string(),
  blockRate: z.number(),
  mutexFraction: z.number(),
  flags: z.record(z.string(), z.string()),
  locks: z.array(z.object({ name: z.string(), family: z.string(), waiter: Site, holder: Site })),
  reloads: z.array(z.object({ start: z.string(), tookMs: z.number(), heldMs: z.number().optional() })),
  total: Window,
  windows: z.array(Window),
});
export type ProcessTruth = z.infer<typeof ProcessTruth>;

/** How a recording was made; goes into its truth as it is. */
export interface RunFacts {
  readonly command: string;
  readonly start: string;
  readonly end: string;
  readonly uploadSeconds: number;
  readonly requests: number;
  readonly machine: string;
  /** What the pods had in their environment beside the usual. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The truth of a recording as text: the run, a summary of each build, then one line for each process. */
export function mergeTruth(facts: RunFacts, processes: readonly ProcessTruth[]): string {
  const [first] = processes;
  if (first === undefined) throw new Error('no process wrote its truth');
  const head = {
    schema: 'lockscope/recorded-truth/v1',
    note: 'Measured by the service itself, not read from profiles. Locks are those of a build that stalls; times are those of the recording, a replay moves them.',
    ...facts,
    service: first.service,
    go: first.go,
    rates: { blockNanoseconds: first.blockRate, mutexFraction: first.mutexFraction },
    pods: [...new Set(processes.map((process) => process.pod))].sort(),
    locks: first.locks,
    builds: [...new Set(processes.map((process) => process.build))].map((build) =>
      summariseBuild(
        build,
        processes.filter((process) => process.build === build),
      ),
    ),
  };
  const lines = processes.map(({ locks: _locks, ...process }) => JSON.stringify(process));
  return `${JSON.stringify(head, undefined, 1).replace(/\n}$/, '')},\n "processes": [\n${lines.join(',\n')}\n ]\n}\n`;
}

function summariseBuild(build: string, processes: readonly ProcessTruth[]) {
  const sum = (of: (process: ProcessTruth) => number) => processes.reduce((total, process) => total + of(process), 0);
  const held = processes
    .flatMap((process) => process.reloads.flatMap((reload) => reload.heldMs ?? []))
    .sort((a, b) => a - b);
  return {
    build,
    pods: processes.length,
    orders: sum((process) => process.total.requests.n),
    worstMs: Math.max(...processes.map((process) => process.total.requests.maxMs)),
    p99Ms: { lowest: Math.min(...processes.map(p99)), highest: Math.max(...processes.map(p99)) },
    getConfig: {
      waitsOver1ms: sum((process) => process.total.getConfig.waitsOver1ms),
      waitedSeconds: sum((process) => process.total.getConfig.waitedSeconds),
    },
    maxInFlight: Math.max(...processes.map((process) => process.total.maxInFlight)),
    reloads: held.length,
    heldMs: { least: held.at(0) ?? null, median: held.at(held.length >> 1) ?? null, most: held.at(-1) ?? null },
  };
}

const p99 = (process: ProcessTruth): number => process.total.requests.p99Ms;
