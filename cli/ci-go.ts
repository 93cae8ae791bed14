import { join } from 'node:path';
import { z } from 'zod';
import { LockscopeError } from '@/lib/errors';
import type { BenchmarkText } from '@/lib/gotext/go-bench';
import { readGoBench } from '@/lib/gotext/go-bench';
import { runChild } from './child';

/** A Go package with test files, and what its test binary is made of. */
export interface TestedPackage {
  readonly importPath: string;
  readonly dir: string;
  /** Folders of every package of this machine's that the test binary is built from, its own among them. */
  readonly builtFrom: readonly string[];
}

const listed = z.object({
  ImportPath: z.string(),
  Dir: z.string().default(''),
  ForTest: z.string().default(''),
  Standard: z.boolean().default(false),
  TestGoFiles: z.array(z.string()).default([]),
  XTestGoFiles: z.array(z.string()).default([]),
  Deps: z.array(z.string()).default([]),
  Error: z.object({ Err: z.string() }).optional(),
});
const fields = 'ImportPath,Dir,ForTest,Standard,TestGoFiles,XTestGoFiles,Deps,Error';

/**
 * Packages that the patterns mean and that have test files, by import path. Throws `input.build` with what go said when
 * it cannot list them.
 */
export async function listTested(
  dir: string,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<TestedPackage[]> {
  const list = (...args: string[]) => goJson(dir, ['list', ...args, `-json=${fields}`, '--', ...patterns], signal);
  const named = await list();
  const all = new Map((await list('-deps', '-test')).map((one) => [one.ImportPath, one]));
  return named
    .filter(({ TestGoFiles, XTestGoFiles }) => TestGoFiles.length + XTestGoFiles.length > 0)
    .map(({ ImportPath, Dir }) => {
      const binary = all.get(`${ImportPath}.test`);
      const parts = (binary?.Deps ?? [ImportPath]).flatMap((name) => all.get(name) ?? []);
      const dirs = [Dir, ...parts.filter((one) => !one.Standard).map((one) => one.Dir)].filter((one) => one !== '');
      return { importPath: ImportPath, dir: Dir, builtFrom: [...new Set(dirs)].sort() };
    })
    .sort((a, b) => (a.importPath < b.importPath ? -1 : 1));
}

async function goJson(dir: string, args: readonly string[], signal: AbortSignal): Promise<z.infer<typeof listed>[]> {
  const { exitCode, stdout, output } = await runChild('go', args, { cwd: dir, signal });
  if (exitCode !== 0) throw new LockscopeError('input.build', `go ${args.join(' ')}\n${output.trim()}`, { place: dir });
  // go list prints one indented object after the other.
  return stdout
    .split(/^(?=\{$)/m)
    .filter((text) => text.trim() !== '')
    .map((text) => listed.parse(JSON.parse(text)));
}

/** Flags that both arms are built with: paths without the folder they were built in, so that both arms have the same. */
export const buildFlags = ['-trimpath'] as const;

/** Builds a package's test binary. Throws `input.build` with the compiler's output. */
export async function buildTests(dir: string, importPath: string, binary: string, signal: AbortSignal): Promise<void> {
  const args = ['test', '-c', ...buildFlags, '-o', binary, importPath];
  const { exitCode, output } = await runChild('go', args, { cwd: dir, signal });
  if (exitCode === 0) return;
  throw new LockscopeError('input.build', `${importPath} does not build in ${dir}\n${output.trim()}`, {
    place: importPath,
  });
}

export interface GoEnvironment {
  /** `go1.26.8`. */
  readonly version: string;
  /** What GOFLAGS and its kin add to the build. */
  readonly flags: string;
}

/** The toolchain that a module is built with: its go.mod may choose one of its own. */
export async function goEnvironment(dir: string, signal: AbortSignal): Promise<GoEnvironment> {
  const names = ['GOVERSION', 'GOFLAGS', 'GOOS', 'GOARCH', 'GOAMD64', 'GOARM64', 'CGO_ENABLED', 'GOEXPERIMENT'];
  const { exitCode, stdout, output } = await runChild('go', ['env', '-json', ...names], { cwd: dir, signal });
  if (exitCode !== 0) throw new LockscopeError('input.build', `go env: ${output.trim()}`, { place: dir });
  const { GOVERSION = '', GOFLAGS = '', ...rest } = z.record(z.string(), z.string()).parse(JSON.parse(stdout));
  const told = Object.entries({ GOFLAGS, ...rest }).filter(([, value]) => value !== '');
  return { version: GOVERSION, flags: [...buildFlags, ...told.map(([name, value]) => `${name}=${value}`)].join(' ') };
}

export interface BenchmarkCall {
  readonly binary: string;
  /** The package's folder: benchmarks read testdata beside themselves. */
  readonly dir: string;
  /** `-test.bench`. */
  readonly pattern: string;
  /** `-test.benchtime`. */
  readonly benchtime: string;
  readonly gomaxprocs: number | undefined;
  readonly timeoutMs: number;
  /** Folder and file names of the profiles to record. */
  readonly profiles: { readonly folder: string; readonly files: Readonly<Record<string, string>> } | undefined;
}

/**
 * Runs benchmarks of a test binary once. Throws `input.benchmark` with the output when one failed or the process did.
 */
export async function runBenchmarks(
  call: BenchmarkCall,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly bench: BenchmarkText }> {
  const { profiles } = call;
  const recorded = Object.entries(profiles?.files ?? {}).map(
    ([kind, file]) => `-test.${kind}profile=${join(profiles?.folder ?? '', file)}`,
  );
  const args = [
    '-test.run=^$',
    '-test.count=1',
    `-test.bench=${call.pattern}`,
    `-test.benchtime=${call.benchtime}`,
    `-test.timeout=${Math.ceil(call.timeoutMs / 1_000)}s`,
    ...(call.gomaxprocs === undefined ? [] : [`-test.cpu=${call.gomaxprocs}`]),
    ...recorded,
  ];
  // The binary's own timeout prints where it hung; ours is for one that does not get that far.
  const options = { cwd: call.dir, signal, timeoutMs: call.timeoutMs + 30_000 };
  const { exitCode, output } = await runChild(call.binary, args, options);
  const bench = readGoBench(output);
  if (exitCode !== 0 || bench.failed.length > 0)
    throw new LockscopeError('input.benchmark', `${call.pattern} failed (exit ${exitCode})\n${output.trim()}`, {
      place: call.pattern,
    });
  return { text: output, bench };
}
