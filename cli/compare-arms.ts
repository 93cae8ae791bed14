import { resolve } from 'node:path';
import { defaultWrappers } from '@/lib/contention/site';
import { compareRuns } from '@/lib/regression/compare';
import type { Comparison } from '@/lib/regression/comparison';
import { type CompareOptions, defaultGates } from '@/lib/regression/options';
import type { Arm, Fingerprint } from '@/lib/regression/run';
import { type MeasuredProfiles, runOfProfiles } from '@/lib/regression/run-of-profiles';
import { readArmFiles } from './arm-files';
import { runsOfArm, runsOfFiles } from './arm-runs';
import { type ArmFile, readArmDescription } from './ci-arm';
import type { DiffOptions } from './diff-options';
import type { LeftOutFile } from './inputs';

export interface ComparedFiles {
  readonly comparison: Comparison;
  readonly leftOut: readonly LeftOutFile[];
}

/** How the caller decides beside what the options say. */
export type Deciding = Pick<CompareOptions, 'q' | 'acknowledged' | 'touched' | 'ruleOf'> & {
  readonly gates: Partial<CompareOptions['gates']>;
};

/** Compares what the options name. Throws what reading throws, and `regression.fingerprint` for arms known to differ. */
export async function compareArms(options: DiffOptions, deciding: Deciding): Promise<ComparedFiles> {
  const [base, head] = [await readArm('base', options.base, options), await readArm('head', options.head, options)];
  const { gates } = options;
  const comparison = compareRuns(base.arm, head.arm, {
    ...deciding,
    gates: {
      lock: gates.lock ?? deciding.gates.lock ?? defaultGates.lock,
      cpu: gates.cpu ?? deciding.gates.cpu ?? defaultGates.cpu,
      time: gates.time ?? deciding.gates.time ?? defaultGates.time,
    },
    stored: options.stored,
  });
  return { comparison, leftOut: [...base.leftOut, ...head.leftOut] };
}

interface ReadArm {
  readonly arm: Arm;
  readonly leftOut: readonly LeftOutFile[];
}

async function readArm(name: 'base' | 'head', paths: readonly string[], options: DiffOptions): Promise<ReadArm> {
  const [only] = paths;
  const described = paths.length === 1 && only !== undefined ? await readArmDescription(resolve(only)) : undefined;
  if (described !== undefined && only !== undefined) {
    const { runs, leftOut } = await runsOfArm(only, described);
    return { arm: armOf(runs, fingerprintOf(described.fingerprint, options), options), leftOut };
  }
  const { contents, leftOut } = await readArmFiles(name, paths);
  const bench = contents.flatMap((one) => (one.kind === 'bench' ? [one.bench] : []));
  const procs = new Set(bench.flatMap(({ results }) => results.map(({ gomaxprocs }) => gomaxprocs)));
  const told = { cpu: bench[0]?.cpu ?? null, gomaxprocs: procs.size === 1 ? ([...procs][0] ?? null) : null };
  return { arm: armOf(runsOfFiles(name, contents), fingerprintOf(told, options), options), leftOut };
}

function armOf(runs: readonly MeasuredProfiles[], fingerprint: Fingerprint, { wrappers }: DiffOptions): Arm {
  const lookThrough = { wrappers: [...defaultWrappers, ...wrappers] };
  return { runs: runs.map((run) => runOfProfiles(run, lookThrough)), fingerprint };
}

/** What was recorded with the runs, else what the command line says of both sides. */
function fingerprintOf(told: Partial<ArmFile['fingerprint']>, options: DiffOptions): Fingerprint {
  return {
    goVersion: told.goVersion ?? options.go,
    cpu: told.cpu ?? undefined,
    cores: told.cores ?? undefined,
    gomaxprocs: told.gomaxprocs ?? undefined,
    kernel: told.kernel ?? undefined,
    buildFlags: told.buildFlags ?? undefined,
    blockRate: told.blockRate ?? options.blockRateNs,
    mutexFraction: told.mutexFraction ?? options.mutexFraction,
  };
}
