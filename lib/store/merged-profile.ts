import { ProfileBuilder } from '@/lib/profile/build';
import type { Frame, Profile, SampleType } from '@/lib/profile/profile';
import type { ProfileType } from '@/lib/profile/profile-type';
import type { Selection } from '@/lib/selection/selection';
import type { Cover } from './port';

export interface MergedStack {
  readonly frames: readonly Frame[];
  readonly count: number;
  readonly value: number;
}

/** What a window's counts count, in pprof's words; undefined = the kind has none. */
function countType(type: ProfileType): SampleType | undefined {
  if (type.name === 'block' || type.name === 'mutex') return { type: 'contentions', unit: 'count' };
  if (type.name === 'process_cpu' || type.name === 'wall') return { type: 'samples', unit: 'count' };
  if (type.sampleType === 'alloc_space') return { type: 'alloc_objects', unit: 'count' };
  if (type.sampleType === 'inuse_space') return { type: 'inuse_objects', unit: 'count' };
  return undefined;
}

/**
 * Sums as a profile in canonical order. Columns as pprof has them: counts first where the kind counts, the value
 * last; `defaultSampleType` names the value. `durationNanos` is the length of the selection, `timeNanos` its start.
 * `type` is undefined when nothing was selected: the profile is then empty, with the sample type asked for.
 */
export function mergedProfile(
  stacks: readonly MergedStack[],
  type: ProfileType | undefined,
  selection: Selection,
  cover: Cover,
): Profile {
  const valueType = { type: type?.sampleType ?? selection.type.sampleType ?? '', unit: type?.sampleUnit ?? '' };
  const counted = type === undefined ? undefined : countType(type);
  const isEmpty = cover.windows === 0;
  const builder = new ProfileBuilder({
    sampleTypes: counted === undefined ? [valueType] : [counted, valueType],
    periodType: { type: type?.periodType ?? '', unit: type?.periodUnit ?? '' },
    timeNanos: isEmpty ? 0n : BigInt(selection.from) * 1_000_000n,
    durationNanos: isEmpty ? 0n : BigInt(selection.to - selection.from) * 1_000_000n,
    defaultSampleType: valueType.type,
  });
  // Stores hand out one object per frame, so most frames are found without looking at their text.
  const locationOf = new Map<Frame, number>();
  for (const { frames, count, value } of stacks) {
    const locations = frames.map((frame) => {
      const location = locationOf.get(frame) ?? builder.frame(frame);
      locationOf.set(frame, location);
      return location;
    });
    builder.add(builder.stack(locations), 0, counted === undefined ? [value] : [count, value]);
  }
  return builder.build();
}

/**
 * A series' sum as it counts in an answer: itself, or for an instant the mean over its windows, to the nearest
 * integer (a profile holds integers; a sum of rounded means is the sum of its rows).
 */
export function wholeShare(kind: 'delta' | 'instant', sum: number, windows: number): number {
  return kind === 'instant' ? Math.round(sum / windows) : sum;
}
