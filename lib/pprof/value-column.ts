import type { WireProfile } from './wire-profile';

/** The values of a sample type, by sample; undefined when the profile has none of that name. */
export function valueColumn({ sampleTypes, samples }: WireProfile, type: string): Float64Array | undefined {
  return samples.values[sampleTypes.findIndex((one) => one.type === type)];
}
