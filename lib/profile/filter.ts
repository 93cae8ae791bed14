import { ProfileBuilder } from './build';
import { SampleCopier } from './copy-samples';
import { exactValue, framesOfStack } from './frame';
import { completeHeader } from './header';
import type { Frame, Profile } from './profile';

/** What a filter left out: samples, and their values per sample type. Kept + left out = total. */
export interface LeftOut {
  readonly samples: number;
  readonly values: readonly bigint[];
}

/** The samples whose stack `keep` accepts (frames leaf first, asked once per stack), and what was left out. */
export function filterProfile(
  profile: Profile,
  keep: (frames: readonly Frame[]) => boolean,
): { profile: Profile; leftOut: LeftOut } {
  const kept = Array.from({ length: profile.stacks.length }, (_, stack) => keep(framesOfStack(profile, stack)));
  return keepSamples(profile, (sample) => kept[profile.samples.stack[sample] ?? 0] ?? false);
}

/** The profile without samples whose values are all 0. */
export function withoutZeroSamples(profile: Profile): Profile {
  return keepSamples(profile, (sample) => profile.samples.values.some((column) => column[sample] !== 0)).profile;
}

/** Sum of each column. */
export function totalsOf(profile: Profile): bigint[] {
  return profile.sampleTypes.map((_, column) => {
    let sum = 0n;
    for (let sample = 0; sample < profile.samples.length; sample++) sum += exactValue(profile, column, sample);
    return sum;
  });
}

function keepSamples(profile: Profile, keep: (sample: number) => boolean): { profile: Profile; leftOut: LeftOut } {
  const builder = new ProfileBuilder(completeHeader(profile));
  const copier = new SampleCopier(profile, builder);
  let samples = 0;
  const values = profile.sampleTypes.map(() => 0n);
  for (let sample = 0; sample < profile.samples.length; sample++) {
    if (keep(sample)) {
      copier.add(sample);
      continue;
    }
    samples += 1;
    for (const column of values.keys()) values[column] = (values[column] ?? 0n) + exactValue(profile, column, sample);
  }
  return { profile: builder.build(), leftOut: { samples, values } };
}
