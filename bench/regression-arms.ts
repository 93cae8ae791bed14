import { decodePprof } from '@/lib/pprof/decode';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { Arm, Fingerprint, Run } from '@/lib/regression/run';
import { runOfProfiles } from '@/lib/regression/run-of-profiles';
import { type CorpusHeader, type RecordedRun, readCorpus } from './regression-corpus';

/** Changes a profile as an edit of the source would have. */
export type Edit = (profile: WireProfile) => WireProfile;

export interface Corpus {
  readonly header: CorpusHeader;
  readonly rounds: number;
  /** The arm of one change over `count` rounds, as if the source had been edited. */
  arm(change: string, firstRound: number, count: number, edit?: Edit): Arm;
}

const benchmark = 'regressionload.BenchmarkServe';

/** The recorded runs as arms of comparisons. Each profile is decoded once. */
export function openCorpus(): Corpus {
  const { header, runs } = readCorpus();
  const fingerprint: Fingerprint = {
    goVersion: header.goVersion,
    cpu: header.machine,
    cores: undefined,
    gomaxprocs: 4,
    kernel: undefined,
    buildFlags: undefined,
    blockRate: 1,
    mutexFraction: 1,
  };
  const byName = new Map(runs.map((run) => [nameOf(run.about), run]));
  const decoded = new Map<string, Run>();
  const runOf = (name: string, edit: Edit | undefined): Run => {
    const known = edit === undefined ? decoded.get(name) : undefined;
    const recorded = byName.get(name);
    if (recorded === undefined) throw new Error(`the corpus has no run ${name}`);
    const run = known ?? decode(recorded, edit ?? ((profile) => profile));
    if (edit === undefined) decoded.set(name, run);
    return run;
  };
  return {
    header,
    rounds: 1 + Math.max(...header.runs.map(({ round }) => round)),
    arm: (change, firstRound, count, edit) => ({
      fingerprint,
      runs: Array.from({ length: count }, (_, index) => runOf(nameOf({ change, round: firstRound + index }), edit)),
    }),
  };
}

function nameOf({ change, round }: { readonly change: string; readonly round: number }): string {
  return `${change} ${round}`;
}

function decode({ about, profiles }: RecordedRun, edit: Edit): Run {
  const { ops, seconds } = about;
  return runOfProfiles(
    {
      name: nameOf(about),
      benchmark,
      startMs: about.startMs,
      per: { ops, requests: undefined, seconds },
      block: edit(decodePprof(profiles.block)),
      mutex: edit(decodePprof(profiles.mutex)),
      cpu: edit(decodePprof(profiles.cpu)),
      times: [{ name: benchmark, nsPerOp: (seconds * 1e9) / ops }],
    },
    { wrappers: [] },
  );
}
