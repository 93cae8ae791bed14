import { analyseLocks } from '@/lib/contention/analyse';
import type { ContentionNote, ProfileSide, SamplingFacts } from '@/lib/contention/input';
import { defaultWrappers } from '@/lib/contention/site';
import type { TopDocument } from '@/lib/query/result';
import { type GoFacts, goVersionOf } from './go-version';
import type { Inputs, ProfileFile } from './inputs';
import { type ProcessWindows, windowsOfProcess } from './process-windows';
import { sideOfProcess } from './profile-side';
import type { FileOptions } from './top-options';

/** `lockscope/top/v1` of one process from its files. Pure: everything comes from the arguments. */
export function topDocument(inputs: Inputs, options: FileOptions & { readonly listIdle: boolean }): TopDocument {
  const block = readKind(inputs, 'block', options);
  const mutex = readKind(inputs, 'mutex', options);
  const go = goVersionOf([...(block?.process.used ?? []), ...(mutex?.process.used ?? [])], options.go);
  const sampling: SamplingFacts = {
    blockRateNs: options.blockRateNs,
    mutexFraction: options.mutexFraction,
    goVersions: go.versions,
    goInferred: go.inferred,
  };
  const analysis = analyseLocks({
    block: block?.side,
    mutex: mutex?.side,
    sampling,
    idleFunctions: options.idleFunctions,
  });
  const idleSites = analysis.idle.flatMap((entry) => entry.waitSites);
  return {
    schema: 'lockscope/top/v1',
    window: windowOf(block ?? mutex),
    inputs: [block, mutex].flatMap((kind) => (kind === undefined ? [] : inputsOf(kind.process.used, go))),
    locks: analysis.locks.map(({ lock }) => lock),
    waits: analysis.waits.map(({ lock }) => lock),
    idle: {
      sites: idleSites.length,
      delaySeconds: analysis.idle.reduce((sum, { lock }) => sum + (lock.delaySeconds ?? 0), 0),
      ...(options.listIdle && { list: analysis.idle.map(({ lock }) => lock) }),
    },
    notes: [...notesOf(block, 'block'), ...notesOf(mutex, 'mutex'), ...go.notes, ...analysis.notes],
    left_out: {
      ...leftOutOf(inputs, [block, mutex]),
      ...runtimeTotals(analysis.runtime),
      ...analysis.leftOut,
    },
  };
}

interface ReadKind {
  readonly process: ProcessWindows;
  readonly side: ProfileSide;
}

function readKind(inputs: Inputs, kind: 'block' | 'mutex', options: FileOptions): ReadKind | undefined {
  const files = inputs.profiles.filter((file) => file.kind === kind);
  if (files.length === 0) return undefined;
  const process = windowsOfProcess(files, options);
  const side = sideOfProcess(process.windows, kind === 'block' ? 'wait' : 'hold', {
    wrappers: [...defaultWrappers, ...options.wrappers],
    totalSeconds: options.windowSeconds,
  });
  return { process, side };
}

function windowOf(kind: ReadKind | undefined): TopDocument['window'] {
  if (kind === undefined) return { start: null, end: null, seconds: null };
  const { windows, used } = kind.process;
  const starts = windows.flatMap(({ start }) => (start === undefined ? [] : [start]));
  const ends = used.map(({ profile }) => Number(profile.timeNanos) / 1e6).filter((end) => end > 0);
  return {
    start: starts.length === 0 ? null : new Date(Math.min(...starts)).toISOString(),
    end: ends.length === 0 ? null : new Date(Math.max(...ends)).toISOString(),
    seconds: kind.side.wallMs === undefined ? null : kind.side.wallMs / 1e3,
  };
}

function inputsOf(files: readonly ProfileFile[], go: GoFacts): TopDocument['inputs'] {
  const goVersion = go.versions[0];
  return files.map(({ file, kind, profile }) => ({
    file,
    type: kind,
    samples: profile.samples.length,
    goVersion: goVersion === undefined ? null : go.inferred ? `≈ ${goVersion}` : goVersion,
  }));
}

function notesOf(kind: ReadKind | undefined, name: string): ContentionNote[] {
  if (kind === undefined) return [];
  const notes = kind.process.restarts.map((file) => ({
    code: 'restart',
    message: `${file}: values fell, so the process was restarted before it; it counts from zero`,
  }));
  if (kind.process.sinceStart) {
    notes.push({
      code: 'since-start',
      message: `the ${name} profile counts since process start; --window tells its length`,
    });
  }
  // `sideOfProcess` then takes the given length for all of them together.
  if (kind.side.wallMs !== undefined && kind.process.windows.some(({ wallMs }) => wallMs === undefined)) {
    notes.push({
      code: 'no-maximum',
      message: `the ${name} profiles do not tell how long each of them is: --window is taken for all together, and no maximum can be told`,
    });
  }
  return notes;
}

function leftOutOf(inputs: Inputs, kinds: readonly (ReadKind | undefined)[]): Record<string, unknown> {
  const read = kinds.filter((kind) => kind !== undefined);
  const files = [...inputs.leftOut, ...read.flatMap(({ process }) => process.leftOut)];
  const before = read.flatMap(({ process: { beforeFirst } }) => (beforeFirst === undefined ? [] : [beforeFirst]));
  return {
    ...(files.length > 0 && { files }),
    ...(before.length > 0 && {
      before_first_window: before.map(({ file, count, value }) => ({
        file,
        reason: 'happened before the first of several cumulative profiles',
        delaySeconds: value / 1e9,
        contentions: count,
      })),
    }),
  };
}

/** Runtime locks have a lane on pages; here they are counted. */
function runtimeTotals(entries: ReturnType<typeof analyseLocks>['runtime']): Record<string, unknown> {
  const holders = entries.flatMap(({ lock }) => lock.holders);
  if (holders.length === 0) return {};
  return {
    runtime_locks: {
      reason: "the runtime's internal locks are not the program's",
      sites: holders.length,
      delaySeconds: holders.reduce((sum, { delaySeconds }) => sum + delaySeconds, 0),
      contentions: holders.reduce((sum, { contentions }) => sum + contentions, 0),
    },
  };
}
