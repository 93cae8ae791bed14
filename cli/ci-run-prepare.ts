import { mkdir } from 'node:fs/promises';
import { cpus, release, type as systemName } from 'node:os';
import { join, relative } from 'node:path';
import type { Suite } from '@/lib/budget/budget';
import { errorMessage, LockscopeError } from '@/lib/errors';
import type { BenchmarkResult } from '@/lib/gotext/go-bench';
import type { ArmFile } from './ci-arm';
import { buildTests, goEnvironment, listTested, runBenchmarks, type TestedPackage } from './ci-go';
import { type ArmName, affectedBy, nameInPackage, operationsFor, patternOfBenchmark } from './ci-run-plan';

/** One side of the change on disk. */
export interface Side {
  readonly arm: ArmName;
  /** Of the repository or worktree. */
  readonly root: string;
  /** Of the Go module in it. */
  readonly moduleDir: string;
}

export interface PreparedBenchmark {
  /** `<package>.BenchmarkX/sub`. */
  readonly name: string;
  readonly pattern: string;
  readonly operations: number;
  readonly binaries: Readonly<Record<ArmName, { readonly file: string; readonly dir: string }>>;
}

export interface Prepared {
  /** By package, then in the order that the package has them. Empty when the change reaches no benchmark. */
  readonly benchmarks: readonly PreparedBenchmark[];
  readonly fingerprints: Readonly<Record<ArmName, ArmFile['fingerprint']>>;
  /** Packages and benchmarks that are not compared, with the reason. */
  readonly leftOut: readonly { readonly what: string; readonly reason: string }[];
  /** Packages that the change does not reach. */
  readonly unreached: readonly string[];
}

export interface Preparing {
  readonly base: Side;
  readonly head: Side;
  readonly suite: Suite;
  /** Paths from the root that the change touched; undefined = measure every package. */
  readonly changed: readonly string[] | undefined;
  /** For binaries. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/**
 * Builds the test binaries of both sides, finds the benchmarks that both have, and counts the operations that make a
 * run. Throws `regression.fingerprint` when the sides' toolchains differ, `input.no-benchmark` when the pattern means
 * none, and what building and running throw.
 */
export async function prepare(asked: Preparing): Promise<Prepared> {
  const { base, head, suite, signal, tell } = asked;
  const environments = {
    base: await goEnvironment(base.moduleDir, signal),
    head: await goEnvironment(head.moduleDir, signal),
  };
  if (environments.base.version !== environments.head.version)
    throw new LockscopeError(
      'regression.fingerprint',
      `the change moves the module from ${environments.base.version} to ${environments.head.version}: what the compiler does is not told apart from what the code does`,
    );
  const packages = {
    base: await listTested(base.moduleDir, suite.packages, signal).catch(noneYet(tell)),
    head: await listTested(head.moduleDir, suite.packages, signal),
  };
  const reached = reachedPackages(packages.head, head.root, asked.changed);
  const leftOut = packages.base
    .filter(({ importPath }) => packages.head.every((one) => one.importPath !== importPath))
    .map(({ importPath }) => ({ what: importPath, reason: 'the head has no such package' }));
  const benchmarks: PreparedBenchmark[] = [];
  const seen: { cpu?: string | undefined; gomaxprocs?: number } = {};
  for (const [number, tested] of reached.entries()) {
    const before = packages.base.find((one) => one.importPath === tested.importPath);
    if (before === undefined) {
      leftOut.push({ what: tested.importPath, reason: 'the base has no such package' });
      continue;
    }
    tell(`building ${tested.importPath}`);
    const built = {
      base: await buildSide(base, before, number, asked),
      head: await buildSide(head, tested, number, asked),
    };
    const found = {
      base: await find(built.base, tested, suite, signal),
      head: await find(built.head, tested, suite, signal),
    };
    for (const name of found.head.names.filter((one) => !found.base.names.includes(one)))
      leftOut.push({ what: `${tested.importPath}.${name}`, reason: 'the base has no such benchmark' });
    for (const name of found.base.names) {
      const full = `${tested.importPath}.${name}`;
      if (!found.head.names.includes(name)) {
        leftOut.push({ what: full, reason: 'the head has no such benchmark' });
        continue;
      }
      const pattern = patternOfBenchmark(name);
      const operations = await calibrate(built.base, pattern, suite, signal);
      tell(`${full}: ${operations} operations a run`);
      benchmarks.push({ name: full, pattern, operations, binaries: built });
    }
    seen.cpu ??= found.head.cpu;
    seen.gomaxprocs ??= found.head.gomaxprocs;
  }
  const unreached = packages.head.filter((one) => !reached.includes(one)).map(({ importPath }) => importPath);
  if (benchmarks.length === 0 && (unreached.length === 0 || reached.length > 0) && leftOut.length === 0)
    throw new LockscopeError(
      'input.no-benchmark',
      `no benchmark matches ${suite.benchmarks} in ${suite.packages.join(' ')}`,
    );
  const fingerprintOf = (arm: ArmName): ArmFile['fingerprint'] => ({
    goVersion: environments[arm].version,
    cpu: seen.cpu ?? cpus()[0]?.model ?? null,
    cores: cpus().length || null,
    gomaxprocs: seen.gomaxprocs ?? null,
    kernel: `${systemName()} ${release()}`,
    buildFlags: environments[arm].flags,
    // What go test sets when it is not told otherwise: every event.
    blockRate: suite.profiles.includes('block') ? 1 : null,
    mutexFraction: suite.profiles.includes('mutex') ? 1 : null,
  });
  return { benchmarks, fingerprints: { base: fingerprintOf('base'), head: fingerprintOf('head') }, leftOut, unreached };
}

function reachedPackages(packages: readonly TestedPackage[], root: string, changed: readonly string[] | undefined) {
  if (changed === undefined) return [...packages];
  const fromRoot = packages.map((one) => ({ ...one, builtFrom: one.builtFrom.map((dir) => relative(root, dir)) }));
  const reached = new Set(affectedBy(fromRoot, changed).map(({ importPath }) => importPath));
  return packages.filter(({ importPath }) => reached.has(importPath));
}

/** A module that begins with this change has nothing to compare with, which is no error of the change. */
function noneYet(tell: (line: string) => void) {
  return (error: unknown): TestedPackage[] => {
    if (!(error instanceof LockscopeError) || error.code !== 'input.build') throw error;
    tell(`the base has none of these packages: ${errorMessage(error).split('\n').at(-1)}`);
    return [];
  };
}

async function buildSide(side: Side, tested: TestedPackage, number: number, { folder, signal }: Preparing) {
  const dir = join(folder, side.arm);
  await mkdir(dir, { recursive: true });
  const file = join(dir, `${number}.test`);
  await buildTests(side.moduleDir, tested.importPath, file, signal);
  return { file, dir: tested.dir };
}

type Binary = PreparedBenchmark['binaries'][ArmName];

function call(binary: Binary, suite: Suite) {
  const { gomaxprocs, timeoutMs } = suite;
  return { binary: binary.file, dir: binary.dir, gomaxprocs, timeoutMs, profiles: undefined };
}

/** Runs each benchmark once, since sub-benchmarks have no names before that. */
async function find(binary: Binary, tested: TestedPackage, suite: Suite, signal: AbortSignal) {
  const { bench } = await runBenchmarks({ ...call(binary, suite), pattern: suite.benchmarks, benchtime: '1x' }, signal);
  const gomaxprocs = suite.gomaxprocs ?? sharedProcs(bench.results);
  const names = bench.results.map((result) => nameInPackage(result, tested.importPath, gomaxprocs));
  return { names: [...new Set(names)], cpu: bench.cpu, gomaxprocs };
}

/** The suffix that all names carry; 1 when they carry none, or numbers of their own. */
function sharedProcs(results: readonly BenchmarkResult[]): number {
  const all = new Set(results.map(({ gomaxprocs }) => gomaxprocs));
  return all.size === 1 ? ([...all][0] ?? 1) : 1;
}

async function calibrate(binary: Binary, pattern: string, suite: Suite, signal: AbortSignal): Promise<number> {
  const { benchtime } = suite;
  if ('operations' in benchtime) return benchtime.operations;
  const time = `${benchtime.targetMs}ms`;
  const { bench } = await runBenchmarks({ ...call(binary, suite), pattern, benchtime: time }, signal);
  const nsPerOp = bench.results[0]?.values['ns/op'];
  if (nsPerOp === undefined)
    throw new LockscopeError('input.benchmark', `${pattern} ran once and then not again`, { place: pattern });
  return operationsFor(benchtime.targetMs, nsPerOp);
}
