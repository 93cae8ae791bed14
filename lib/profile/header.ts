import type { Mapping, Profile, SampleType } from './profile';

/** What a profile says beside its samples. Everything but the sample types may be unknown. */
export interface ProfileHeader {
  readonly sampleTypes: readonly SampleType[];
  readonly periodType?: SampleType;
  readonly period?: number;
  readonly timeNanos?: bigint;
  readonly durationNanos?: bigint;
  readonly mappings?: readonly Mapping[];
  readonly comments?: readonly string[];
  readonly defaultSampleType?: string;
}

/** The header as the model holds it; what is not told is 0 or "". */
export function completeHeader(
  header: ProfileHeader,
): Omit<Profile, 'strings' | 'functions' | 'locations' | 'stacks' | 'samples' | 'labelSets'> {
  return {
    sampleTypes: header.sampleTypes.map(({ type, unit }) => ({ type, unit })),
    periodType: { type: header.periodType?.type ?? '', unit: header.periodType?.unit ?? '' },
    period: header.period ?? 0,
    timeNanos: header.timeNanos ?? 0n,
    durationNanos: header.durationNanos ?? 0n,
    mappings: header.mappings ?? [],
    comments: header.comments ?? [],
    defaultSampleType: header.defaultSampleType ?? '',
  };
}
