import type { Recorded } from '@/lib/pgo/pgo-notes';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import { type LeftOutFile, readInputs } from './inputs';
import type { PgoOptions } from './pgo-options';
import { fetchStoredCpu } from './pgo-server';

export interface PgoInputs {
  readonly profiles: readonly WireProfile[];
  /** As a reader of the file should find it again: file names, or the selection asked of a server. */
  readonly source: string;
  readonly window: { readonly startMs: number; readonly endMs: number } | undefined;
  readonly recorded: Recorded;
  readonly leftOut: readonly LeftOutFile[];
}

/** Reads the CPU profiles of files, or those that a server has stored. Throws what its sources throw. */
export async function readPgoInputs(source: PgoOptions['source']): Promise<PgoInputs> {
  if (source.kind === 'server') {
    const { profile, series, wallSeconds } = await fetchStoredCpu(source.stored);
    const asked = [`service=${source.stored.service}`, ...[...source.stored.query].map((pair) => pair.join('='))];
    return {
      profiles: [profile],
      source: asked.join(' '),
      window: windowOf([profile]),
      recorded: { processesAtMost: series ?? Number.POSITIVE_INFINITY, wallSeconds },
      leftOut: [],
    };
  }
  const named = source.paths.map((path) => ({ path, kind: undefined }));
  const { profiles: files, leftOut } = await readInputs(named, ['cpu']);
  const names = files.map(({ file }) => file.slice(file.lastIndexOf('/') + 1)).sort();
  const profiles = files.map(({ profile }) => profile);
  return {
    profiles,
    source: names.join(' '),
    window: windowOf(profiles),
    recorded: { processesAtMost: profiles.length, wallSeconds: secondsOf(profiles) },
    leftOut,
  };
}

/** Length of all profiles; undefined when one does not tell its own. */
function secondsOf(profiles: readonly WireProfile[]): number | undefined {
  if (profiles.some(({ durationNanos }) => durationNanos <= 0n)) return undefined;
  return profiles.reduce((sum, { durationNanos }) => sum + Number(durationNanos) / 1e9, 0);
}

/** From the first start to the last end; undefined when a profile does not tell its time. */
function windowOf(profiles: readonly WireProfile[]): PgoInputs['window'] {
  if (profiles.some(({ timeNanos }) => timeNanos <= 0n)) return undefined;
  const starts = profiles.map(({ timeNanos }) => Number(timeNanos / 1_000_000n));
  const ends = profiles.map(({ timeNanos, durationNanos }) => Number((timeNanos + durationNanos) / 1_000_000n));
  return { startMs: Math.min(...starts), endMs: Math.max(...ends) };
}
