import { join } from 'node:path';
import { LockscopeError } from '@/lib/errors';
import type { BenchmarkResult, BenchmarkText } from '@/lib/gotext/go-bench';
import { meaningOfTime } from '@/lib/pprof/kind';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { BenchmarkTime } from '@/lib/regression/run';
import type { MeasuredProfiles } from '@/lib/regression/run-of-profiles';
import type { ArmContent, ArmKind } from './arm-files';
import { readArmFile } from './arm-files';
import type { ArmFile, ArmRun } from './ci-arm';
import type { LeftOutFile } from './inputs';

/**
 * The runs of an arm whose files say nothing of each other: the n-th block, mutex and CPU file in order of time are run
 * n, and so are the n-th results of each benchmark (docs/api.md, `lockscope diff`). Operations are known when one
 * benchmark ran alone.
 */
export function runsOfFiles(arm: string, contents: readonly ArmContent[]): MeasuredProfiles[] {
  const of = (kind: ArmKind): WireProfile[] =>
    inTimeOrder(contents.flatMap((one) => (one.kind === kind ? [one.profile] : [])));
  const [block, mutex, cpu] = [of('block'), of('mutex'), of('cpu')];
  const rounds = roundsOf(contents.flatMap((one) => (one.kind === 'bench' ? [one.bench] : [])));
  const count = Math.max(block.length, mutex.length, cpu.length, rounds.length);
  const single = new Set(rounds.flat().map(({ name }) => name)).size === 1;
  return Array.from({ length: count }, (_, index): MeasuredProfiles => {
    const profiles = { block: block[index], mutex: mutex[index], cpu: cpu[index] };
    const results = rounds[index] ?? [];
    const only = single ? results[0] : undefined;
    return {
      name: `${arm} run ${index + 1}`,
      benchmark: only?.name,
      startMs: startOf(profiles),
      per: { ops: only?.iterations, requests: undefined, seconds: secondsOf(profiles) },
      ...profiles,
      times: timesOf(results),
    };
  });
}

/** The runs that `arm.json` in a folder names. A file it names and that cannot be read is left out with its reason. */
export async function runsOfArm(
  folder: string,
  arm: ArmFile,
): Promise<{ readonly runs: readonly MeasuredProfiles[]; readonly leftOut: readonly LeftOutFile[] }> {
  const leftOut: LeftOutFile[] = [];
  const runs: MeasuredProfiles[] = [];
  for (const run of arm.runs) {
    const read = async (kind: ArmKind | 'bench') => {
      const name = run.files[kind];
      if (name === null) return undefined;
      if (name.includes('/') || name.includes('\\'))
        throw new LockscopeError('input.arm', `${folder}: run ${run.index} names ${name}, outside the folder`);
      const content = await readArmFile(join(folder, name), kind === 'bench' ? undefined : kind);
      if ('reason' in content) leftOut.push(content);
      else if (content.kind !== kind)
        leftOut.push({ file: content.file, reason: `a ${content.kind} file where ${kind} was said to be` });
      else return content;
      return undefined;
    };
    const [block, mutex, cpu, bench] = await Promise.all([read('block'), read('mutex'), read('cpu'), read('bench')]);
    runs.push({
      ...namedRun(arm.arm, run),
      block: profileOf(block),
      mutex: profileOf(mutex),
      cpu: profileOf(cpu),
      times: bench?.kind === 'bench' ? timesOf(bench.bench.results) : [],
    });
  }
  return { runs, leftOut };
}

function namedRun(arm: string, run: ArmRun) {
  return {
    name: `${arm} run ${run.index + 1}`,
    benchmark: run.benchmark ?? undefined,
    startMs: Date.parse(run.startedAt),
    per: { ops: run.ops ?? undefined, requests: run.requests ?? undefined, seconds: run.seconds ?? undefined },
  };
}

function profileOf(content: ArmContent | undefined): WireProfile | undefined {
  return content === undefined || content.kind === 'bench' ? undefined : content.profile;
}

/** The n-th round holds the n-th result of every benchmark. */
function roundsOf(texts: readonly BenchmarkText[]): BenchmarkResult[][] {
  const seen = new Map<string, number>();
  const rounds: BenchmarkResult[][] = [];
  for (const result of texts.flatMap(({ results }) => results)) {
    const round = seen.get(result.name) ?? 0;
    seen.set(result.name, round + 1);
    const own = rounds[round] ?? [];
    rounds[round] = own;
    own.push(result);
  }
  return rounds;
}

function timesOf(results: readonly BenchmarkResult[]): BenchmarkTime[] {
  return results.flatMap(({ name, values }) => {
    const nsPerOp = values['ns/op'];
    return nsPerOp === undefined ? [] : [{ name, nsPerOp }];
  });
}

type Profiles = Readonly<Record<ArmKind, WireProfile | undefined>>;

/** A window's own length; without one the CPU profile's, which was recorded over the same run. */
function secondsOf(profiles: Profiles): number | undefined {
  const nanos = [profiles.mutex, profiles.block, profiles.cpu].map((profile) => profile?.durationNanos ?? 0n);
  const own = nanos.find((length) => length > 0n);
  return own === undefined ? undefined : Number(own) / 1e9;
}

/** ms since 1970: the earliest that one of the profiles tells. */
function startOf(profiles: Profiles): number | undefined {
  const starts = (['block', 'mutex', 'cpu'] as const).flatMap((kind) => {
    const profile = profiles[kind];
    if (profile === undefined || profile.timeNanos === 0n) return [];
    const end = meaningOfTime(kind) === 'end';
    return [Number(profile.timeNanos - (end ? profile.durationNanos : 0n)) / 1e6];
  });
  return starts.length === 0 ? undefined : Math.min(...starts);
}

/** By `time_nanos` when all have one, ties as given; else as given. */
function inTimeOrder(profiles: readonly WireProfile[]): WireProfile[] {
  if (profiles.some(({ timeNanos }) => timeNanos === 0n)) return [...profiles];
  return [...profiles].sort((a, b) => Number(a.timeNanos - b.timeNanos));
}
