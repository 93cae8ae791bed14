import type { BenchmarkResult } from '@/lib/gotext/go-bench';

export type ArmName = 'base' | 'head';

/** One visit of a benchmark: both arms, one right after the other. */
export interface Visit {
  /** From 0; the same for the two runs of a pair. */
  readonly round: number;
  readonly benchmark: number;
  readonly order: readonly [ArmName, ArmName];
}

/**
 * The order of measuring: every round visits every benchmark once, in an order of its own that `seed` decides; the arms
 * of successive visits of a benchmark alternate base-head, head-base, so that slow drift of the machine meets both alike.
 */
export function visitsOf(
  rounds: { readonly from: number; readonly to: number },
  benchmarks: number,
  seed: number,
): Visit[] {
  const visits: Visit[] = [];
  for (let round = rounds.from; round < rounds.to; round++) {
    const order: Visit['order'] = round % 2 === 0 ? ['base', 'head'] : ['head', 'base'];
    for (const benchmark of shuffled(benchmarks, seed + round)) visits.push({ round, benchmark, order });
  }
  return visits;
}

/** 0 … n-1 in an order that the seed decides (Fisher-Yates over Park-Miller's generator). */
function shuffled(n: number, seed: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  let state = (seed % 2_147_483_646) + 1;
  for (let i = n - 1; i > 0; i--) {
    state = (state * 48_271) % 2_147_483_647;
    const j = state % (i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}

/** A name as the test binary knows it: of `example.com/p.BenchmarkMap/writes=1` what follows the package. */
export function nameInPackage(result: BenchmarkResult, importPath: string, gomaxprocs: number): string {
  const name = result.name.startsWith(`${importPath}.`) ? result.name.slice(importPath.length + 1) : result.name;
  // With GOMAXPROCS 1 nothing is appended: the number belongs to the name.
  return gomaxprocs === 1 && result.gomaxprocs > 1 ? `${name}-${result.gomaxprocs}` : name;
}

/** The `-test.bench` pattern that means one benchmark and no other: each level anchored. */
export function patternOfBenchmark(name: string): string {
  return name
    .split('/')
    .map((level) => `^${level.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`)
    .join('/');
}

/** Operations that take about `targetMs` at this speed, in two significant digits; at least 1. */
export function operationsFor(targetMs: number, nsPerOp: number): number {
  const exact = (targetMs * 1e6) / Math.max(nsPerOp, 0.1);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(exact, 1))) - 1);
  return Math.max(1, Math.round(exact / step) * step);
}

/** Names of a run's files: in natural order, and safe whatever the benchmark is called. */
export function fileOf(round: number, benchmark: number, kind: string): string {
  const number = (value: number) => String(value).padStart(2, '0');
  return `r${number(round)}-b${number(benchmark)}.${kind === 'bench' ? 'bench.txt' : `${kind}.pb.gz`}`;
}

/** Packages whose test binary a change of these files reaches; a change of the module's own files reaches all. */
export function affectedBy<P extends { readonly builtFrom: readonly string[] }>(
  packages: readonly P[],
  changed: readonly string[],
): P[] {
  const modules = /(?:^|\/)(?:go\.(?:mod|sum|work|work\.sum)|vendor\/modules\.txt)$/;
  if (changed.some((file) => modules.test(file))) return [...packages];
  return packages.filter(({ builtFrom }) => changed.some((file) => builtFrom.some((dir) => isOf(file, dir))));
}

/** A file counts for the package's folder and for what no package of its own lies below: testdata, embedded files. */
function isOf(file: string, dir: string): boolean {
  if (!file.startsWith(`${dir}/`)) return false;
  const below = file.slice(dir.length + 1);
  return !below.includes('/') || !below.endsWith('.go') || /(?:^|\/)testdata\//.test(below);
}

/** `3 min 20 s`, `40 s`: for progress lines. */
export function roughDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}
