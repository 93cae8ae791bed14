import { ProfileBuilder } from './build';
import { mappingKey, SampleCopier } from './copy-samples';
import { withoutZeroSamples } from './filter';
import { cellValue } from './frame';
import { mergeHeaders, requireSameTypes } from './merge-header';
import type { Profile, SampleType } from './profile';

export interface ProfileDelta {
  /** The window from `earlier` to `later`; after a restart, everything since it. Stacks without change are absent. */
  readonly profile: Profile;
  /** A cumulative value fell, or the first mapping is another: the process was started anew in between. */
  readonly restarted: boolean;
  /** Number of stacks with a value that fell. 0 with `restarted`: only the mapping tells. */
  readonly fell: number;
}

/** What is a state rather than a sum since start: heap in use. */
export function isStateType({ type }: SampleType): boolean {
  return type.startsWith('inuse_');
}

/**
 * The difference of two cumulative profiles of one process, stack by stack (by function and line, not by address)
 * and exact on int64. Columns that are states (`isState`, by default `inuse_*`) keep the later value.
 * After a restart the later profile counts from zero. A restart that leaves no trace stays hidden: values may have
 * risen past the old ones. Duration is the difference of the times when both are known.
 * Throws `profile.mismatch` when sample types differ.
 */
export function deltaProfile(
  later: Profile,
  earlier: Profile,
  isState: (type: SampleType) => boolean = isStateType,
): ProfileDelta {
  requireSameTypes(earlier.sampleTypes, later.sampleTypes);
  const states = later.sampleTypes.map(isState);
  const builder = new ProfileBuilder({ ...later, mappings: mergeHeaders([later, earlier]).mappings ?? [] });
  const copier = new SampleCopier(later, builder);
  for (let sample = 0; sample < later.samples.length; sample++) copier.add(sample);
  const fell = subtract(builder, earlier, states);
  const restarted = fell > 0 || isOtherProcess(later, earlier);
  if (restarted) return { profile: withoutZeroSamples(later), restarted, fell };
  const known = later.timeNanos > 0n && earlier.timeNanos > 0n && later.timeNanos >= earlier.timeNanos;
  const durationNanos = known ? later.timeNanos - earlier.timeNanos : 0n;
  return { profile: withoutZeroSamples({ ...builder.build(), durationNanos }), restarted, fell };
}

/** Subtracts the cumulative columns of `earlier` from the builder's rows; returns how many rows fell below zero. */
function subtract(builder: ProfileBuilder, earlier: Profile, states: readonly boolean[]): number {
  const copier = new SampleCopier(earlier, builder);
  let fell = 0;
  for (let sample = 0; sample < earlier.samples.length; sample++) {
    const row = copier.row(sample);
    let fallen = false;
    for (const [column, isState] of states.entries()) {
      if (isState) continue;
      builder.values.add(column, row, -cellValue(earlier, column, sample));
      fallen ||= (builder.values.columns[column]?.at(row) ?? 0) < 0;
    }
    if (fallen) fell += 1;
  }
  return fell;
}

function isOtherProcess(later: Profile, earlier: Profile): boolean {
  const [now] = later.mappings;
  const [before] = earlier.mappings;
  return now !== undefined && before !== undefined && mappingKey(now) !== mappingKey(before);
}
