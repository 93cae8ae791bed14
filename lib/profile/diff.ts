import { ProfileBuilder } from './build';
import { SampleCopier } from './copy-samples';
import { withoutZeroSamples } from './filter';
import { cellValue } from './frame';
import { mergeHeaders } from './merge-header';
import type { Profile } from './profile';

/**
 * Comparison minus base, stack by stack: positive where the comparison has more. Stacks that do not differ are absent,
 * so two equal profiles give no samples. Time and duration are the comparison's.
 * Throws `profile.mismatch` when sample types differ.
 */
export function diffProfiles(base: Profile, comparison: Profile): Profile {
  const { timeNanos, durationNanos } = comparison;
  const builder = new ProfileBuilder({ ...mergeHeaders([comparison, base]), timeNanos, durationNanos });
  const copier = new SampleCopier(comparison, builder);
  for (let sample = 0; sample < comparison.samples.length; sample++) copier.add(sample);
  const subtracted = new SampleCopier(base, builder);
  for (let sample = 0; sample < base.samples.length; sample++) {
    const row = subtracted.row(sample);
    for (let column = 0; column < base.sampleTypes.length; column++) {
      builder.values.add(column, row, -cellValue(base, column, sample));
    }
  }
  return withoutZeroSamples(builder.build());
}
