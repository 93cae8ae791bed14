import type { UnixMs } from '@/lib/units';

/** Sorted by name, unique, no empty value. Always holds `service_name` and `pod`; `build` and `go` when known. */
export type Labels = readonly (readonly [name: string, value: string])[];

export interface Matcher {
  readonly name: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  /** Regular expressions are anchored; a missing label equals the empty string. */
  readonly value: string;
}

/** Matches on profile name and sample type; `undefined` matches all (only for listing calls). */
export interface TypeMatcher {
  readonly name?: string;
  readonly sampleType?: string;
}

/** Windows of these series with from <= start < to. */
export interface Selection {
  readonly type: TypeMatcher;
  readonly matchers: readonly Matcher[];
  readonly from: UnixMs;
  readonly to: UnixMs;
}

/** The value of one label, or "" when it is missing. */
export function labelValue(labels: Labels, name: string): string {
  return labels.find(([key]) => key === name)?.[1] ?? '';
}
