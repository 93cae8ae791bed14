import type { Mapping, SampleType } from '@/lib/profile/profile';

/**
 * A pprof message as it was sent, checked and columnar: every index below points into the table it names.
 * This is what the write path works on; `toProfile` makes the canonical model from it.
 */
export interface WireProfile {
  readonly sampleTypes: readonly SampleType[];
  readonly periodType: SampleType;
  /** 0 = not told. */
  readonly period: number;
  readonly timeNanos: bigint;
  readonly durationNanos: bigint;
  readonly defaultSampleType: string;
  readonly comments: readonly string[];
  readonly strings: readonly string[];
  readonly functions: WireFunctions;
  readonly locations: WireLocations;
  readonly samples: WireSamples;
  readonly mappings: readonly Mapping[];
}

export interface WireFunctions {
  readonly length: number;
  /** Index into `strings`: the name, or the system name where no name is given. */
  readonly name: Uint32Array;
  readonly file: Uint32Array;
  /** 0 = unknown. */
  readonly startLine: Uint32Array;
}

export interface WireLocations {
  readonly length: number;
  readonly addressLow: Uint32Array;
  readonly addressHigh: Uint32Array;
  /** -1 = none. */
  readonly mapping: Int32Array;
  /** `length + 1` entries; the lines of location i are `lineOffsets[i] .. lineOffsets[i + 1]`, innermost inlined call first. */
  readonly lineOffsets: Uint32Array;
  /** Index into `functions`. */
  readonly lineFunction: Uint32Array;
  /** 0 = unknown (also for lines that no source file can have). */
  readonly lineNumber: Uint32Array;
}

export interface WireSamples {
  readonly length: number;
  /** `length + 1` entries; the locations of sample i are `locations[offsets[i] .. offsets[i + 1]]`, leaf first. */
  readonly offsets: Uint32Array;
  readonly locations: Uint32Array;
  /** One column per sample type; int64 beyond 2^53 is rounded here and exact in `wide`. */
  readonly values: readonly Float64Array[];
  readonly wide: readonly ReadonlyMap<number, bigint>[];
  /** `length + 1` entries into the label columns. */
  readonly labelOffsets: Uint32Array;
  readonly labelKey: Uint32Array;
  /** Index into `strings`; 0 = the label is a number, unless that and its unit are 0 too. */
  readonly labelString: Uint32Array;
  readonly labelUnit: Uint32Array;
  readonly labelNumber: readonly bigint[];
}
