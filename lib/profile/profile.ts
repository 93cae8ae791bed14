/**
 * The profile model: interned, columnar, sorted, immutable. Everything above the codecs works on it.
 *
 * strings[0] is "". A location is one source line of one function: inlined lines of one machine
 * address are separate, consecutive locations. A stack lists locations leaf first. A sample is one
 * stack with one label set; samples are sorted by stack, then label set, and unique.
 *
 * Canonical order (`buildProfile` makes it): strings by code unit; functions by name, file, start line;
 * locations by function, line, address, mapping; stacks by their locations, leaf first; so two profiles
 * with the same content are deeply equal.
 */
export type IndexIntoStrings = number;
export type IndexIntoFunctions = number;
export type IndexIntoLocations = number;
export type IndexIntoStacks = number;
export type IndexIntoSamples = number;
export type IndexIntoLabelSets = number;
export type IndexIntoMappings = number;

/** What one value column counts, in pprof's words: `{ type: 'delay', unit: 'nanoseconds' }`. */
export interface SampleType {
  readonly type: string;
  readonly unit: string;
}

export interface FunctionTable {
  readonly length: number;
  /** Full Go name with type arguments written `[...]`. */
  readonly name: Uint32Array;
  readonly file: Uint32Array;
  /** First line of the function, 1-based; 0 = the profile does not tell. */
  readonly startLine: Uint32Array;
}

export interface LocationTable {
  readonly length: number;
  /** -1 = unsymbolised: only `address` is known. */
  readonly func: Int32Array;
  /** 1-based; 0 = unknown. */
  readonly line: Uint32Array;
  /** Kept for unsymbolised locations only, else 0. */
  readonly address: BigUint64Array;
  /** -1 = none. Kept for unsymbolised locations only. */
  readonly mapping: Int32Array;
}

export interface StackTable {
  readonly length: number;
  /** `length + 1` entries; the frames of stack i are `locations[offsets[i] .. offsets[i + 1])`, leaf first. */
  readonly offsets: Uint32Array;
  readonly locations: Uint32Array;
}

export interface SampleLabel {
  readonly key: string;
  readonly value: string | { readonly number: bigint; readonly unit: string };
}

export interface SampleTable {
  readonly length: number;
  readonly stack: Uint32Array;
  /** Index into `labelSets`; set 0 is the empty one. */
  readonly labels: Uint32Array;
  /** One column per sample type. int64 beyond 2^53 is rounded to the nearest double here … */
  readonly values: readonly Float64Array[];
  /** … and kept exactly here, per column, for the few rows that need it. */
  readonly wide: readonly ReadonlyMap<IndexIntoSamples, bigint>[];
}

/** A loaded binary. A changed first mapping between two scrapes means another process. */
export interface Mapping {
  readonly start: bigint;
  readonly limit: bigint;
  readonly offset: bigint;
  readonly file: string;
  readonly buildId: string;
}

export interface Profile {
  readonly sampleTypes: readonly SampleType[];
  readonly periodType: SampleType;
  readonly period: number;
  /** ns since 1970 as pprof gives it (meaning differs by kind, see pprof/kind.ts); 0 = not told. */
  readonly timeNanos: bigint;
  /** 0 = not told (cumulative, or an instant). */
  readonly durationNanos: bigint;
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
  readonly locations: LocationTable;
  readonly stacks: StackTable;
  readonly samples: SampleTable;
  readonly labelSets: readonly (readonly SampleLabel[])[];
  readonly mappings: readonly Mapping[];
  readonly comments: readonly string[];
  readonly defaultSampleType: string;
}

/** One frame as text and numbers, the form that crosses module borders. */
export interface Frame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly startLine: number;
}
