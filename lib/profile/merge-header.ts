import { LockscopeError } from '@/lib/errors';
import { mappingKey } from './copy-samples';
import type { ProfileHeader } from './header';
import type { Mapping, SampleType } from './profile';
import { compareTexts } from './sorted-order';

/**
 * The header of merged profiles, whatever their order and grouping: earliest known time, summed duration, largest
 * period; mappings and comments as they are when all agree, else their sorted union.
 * Throws `profile.mismatch` when sample types, units or known period types differ.
 */
export function mergeHeaders(headers: readonly Required<ProfileHeader>[]): ProfileHeader {
  const [first, ...others] = headers;
  if (first === undefined) throw new LockscopeError('profile.mismatch', 'no profile to merge');
  for (const other of others) requireSameTypes(first.sampleTypes, other.sampleTypes);
  return {
    sampleTypes: first.sampleTypes,
    periodType: commonPeriodType(headers.map(({ periodType }) => periodType)),
    period: Math.max(...headers.map(({ period }) => period)),
    timeNanos: headers.map(({ timeNanos }) => timeNanos).reduce(earliestKnown),
    durationNanos: headers.reduce((sum, { durationNanos }) => sum + durationNanos, 0n),
    mappings: unionOf(
      headers.map(({ mappings }) => mappings),
      mappingKey,
      compareMappings,
    ),
    comments: unionOf(
      headers.map(({ comments }) => comments),
      String,
      compareTexts,
    ),
    // Which one is arbitrary; the largest text makes it independent of the order.
    defaultSampleType: headers.map(({ defaultSampleType }) => defaultSampleType).reduce(laterText),
  };
}

/** Throws `profile.mismatch` unless both have the same sample types in the same order. */
export function requireSameTypes(base: readonly SampleType[], comparison: readonly SampleType[]): void {
  const names = (types: readonly SampleType[]) => types.map(({ type, unit }) => `${type}/${unit}`).join(' ');
  if (names(base) !== names(comparison)) {
    throw new LockscopeError('profile.mismatch', `sample types differ: ${names(base)} and ${names(comparison)}`);
  }
}

function laterText(base: string, comparison: string): string {
  return compareTexts(base, comparison) > 0 ? base : comparison;
}

function commonPeriodType(types: readonly SampleType[]): SampleType {
  const known = types.filter(({ type, unit }) => type !== '' || unit !== '');
  const [first = { type: '', unit: '' }] = known;
  for (const { type, unit } of known) {
    if (type !== first.type || unit !== first.unit) {
      throw new LockscopeError(
        'profile.mismatch',
        `period types differ: ${first.type}/${first.unit} and ${type}/${unit}`,
      );
    }
  }
  return first;
}

function earliestKnown(base: bigint, comparison: bigint): bigint {
  if (base === 0n) return comparison;
  if (comparison === 0n) return base;
  return base < comparison ? base : comparison;
}

function unionOf<T>(
  lists: readonly (readonly T[])[],
  keyOf: (item: T) => string,
  compare: (base: T, comparison: T) => number,
): readonly T[] {
  const [first = [], ...others] = lists;
  const keys = JSON.stringify(first.map(keyOf));
  if (others.every((list) => JSON.stringify(list.map(keyOf)) === keys)) return first;
  const items = new Map(lists.flat().map((item) => [keyOf(item), item]));
  return [...items.values()].sort(compare);
}

function compareMappings(base: Mapping, comparison: Mapping): number {
  if (base.start !== comparison.start) return base.start < comparison.start ? -1 : 1;
  return compareTexts(mappingKey(base), mappingKey(comparison));
}
