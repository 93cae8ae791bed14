import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Suite } from '@/lib/budget/budget';
import { LockscopeError } from '@/lib/errors';
import type { ArmRun } from './ci-arm';
import { type BenchmarkCall, runBenchmarks } from './ci-go';
import type { CiMeta } from './ci-meta';
import { type ArmName, fileOf, roughDuration, type Visit } from './ci-run-plan';
import type { PreparedBenchmark } from './ci-run-prepare';

export interface Measuring {
  readonly benchmarks: readonly PreparedBenchmark[];
  readonly suite: Suite;
  /** Folders of the arms, which exist. */
  readonly folders: Readonly<Record<ArmName, string>>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** What was measured so far, in the order of time. */
export interface Measured {
  readonly runs: Readonly<Record<ArmName, ArmRun[]>>;
  readonly order: CiMeta['order'];
}

/**
 * Makes the visits in their order and adds what they gave to `measured`: per arm one process without profiles, whose
 * output is kept, and one with. Tells after each round how long the rest will take. Throws what running throws.
 */
export async function measure(visits: readonly Visit[], measured: Measured, asked: Measuring): Promise<void> {
  const begun = asked.now();
  const rounds = new Set(visits.map(({ round }) => round));
  for (const [number, visit] of visits.entries()) {
    const benchmark = asked.benchmarks[visit.benchmark];
    if (benchmark === undefined) throw new LockscopeError('internal.visit', `there is no benchmark ${visit.benchmark}`);
    for (const arm of visit.order) await measureRun(visit, arm, benchmark, measured, asked);
    if (visits[number + 1]?.round === visit.round) continue;
    const left = visits.length - number - 1;
    const rest = ((asked.now() - begun) / (number + 1)) * left;
    const done = `${visit.round + 1} of ${Math.max(...rounds) + 1} rounds`;
    asked.tell(left === 0 ? done : `${done}, about ${roughDuration(rest)} left`);
  }
}

async function measureRun(
  { round, benchmark: number }: Visit,
  arm: ArmName,
  benchmark: PreparedBenchmark,
  measured: Measured,
  asked: Measuring,
): Promise<void> {
  const { suite, signal, now } = asked;
  const folder = asked.folders[arm];
  const [load] = loadavg();
  const begun = now();
  const common: Omit<BenchmarkCall, 'profiles'> = {
    binary: benchmark.binaries[arm].file,
    dir: benchmark.binaries[arm].dir,
    pattern: benchmark.pattern,
    benchtime: `${benchmark.operations}x`,
    gomaxprocs: suite.gomaxprocs,
    timeoutMs: suite.timeoutMs,
  };
  const plain = await runBenchmarks({ ...common, profiles: undefined }, signal);
  onlyResult(plain.bench.results, benchmark);
  await writeFile(join(folder, fileOf(round, number, 'bench')), plain.text);
  const files = Object.fromEntries(suite.profiles.map((kind) => [kind, fileOf(round, number, kind)]));
  const startedAt = new Date(now()).toISOString();
  const profiled = await runBenchmarks({ ...common, profiles: { folder, files } }, signal);
  const { iterations, values } = onlyResult(profiled.bench.results, benchmark);
  const nsPerOp = values['ns/op'];
  measured.runs[arm].push({
    index: round,
    benchmark: benchmark.name,
    startedAt,
    ops: iterations,
    requests: null,
    seconds: nsPerOp === undefined ? null : (iterations * nsPerOp) / 1e9,
    files: {
      block: files.block ?? null,
      mutex: files.mutex ?? null,
      cpu: files.cpu ?? null,
      bench: fileOf(round, number, 'bench'),
    },
  });
  measured.order.push({
    round,
    benchmark: benchmark.name,
    arm,
    startedAt,
    seconds: (now() - begun) / 1_000,
    load: load === undefined ? null : Math.round(load * 100) / 100,
  });
}

function onlyResult<R>(results: readonly R[], { name }: PreparedBenchmark): R {
  const [only, ...more] = results;
  if (only !== undefined && more.length === 0) return only;
  throw new LockscopeError('input.benchmark', `${name}: ${results.length} results where one was expected`, {
    place: name,
  });
}
