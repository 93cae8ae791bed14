import { ProfileBuilder } from './build';
import { SampleCopier } from './copy-samples';
import { mergeHeaders } from './merge-header';
import type { Profile } from './profile';

/**
 * Sums profiles of one kind, stack by stack and label set by label set; exact beyond 2^53. The order and grouping of
 * `profiles` do not matter. Time is the earliest known, duration the sum (windows of one kind that do not overlap).
 * Throws `profile.mismatch` when sample types or units differ, or when there is nothing to merge.
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const builder = new ProfileBuilder(mergeHeaders(profiles));
  for (const profile of profiles) {
    const copier = new SampleCopier(profile, builder);
    for (let sample = 0; sample < profile.samples.length; sample++) copier.add(sample);
  }
  return builder.build();
}
