import type { SampleType } from '@/lib/profile/profile';
import type { ProfileType } from '@/lib/profile/profile-type';

/** One window that a profile gives: which columns it takes, under which type, in which unit. */
export interface ColumnPlan {
  readonly type: ProfileType;
  readonly kind: 'delta' | 'instant';
  readonly value: number;
  /** Factor to `type.sampleUnit`. */
  readonly scale: number;
  /** -1 = the profile has none; counts are 0. */
  readonly count: number;
}

interface Wanted {
  readonly value: string;
  readonly count: string | undefined;
  readonly kind: ColumnPlan['kind'];
}

/** Value column with the counts beside it, by kind of profile; see ProfileType. The first named is listed first. */
const wantedByKind: Readonly<Record<string, readonly Wanted[]>> = {
  block: [{ value: 'delay', count: 'contentions', kind: 'delta' }],
  mutex: [{ value: 'delay', count: 'contentions', kind: 'delta' }],
  process_cpu: [{ value: 'cpu', count: 'samples', kind: 'delta' }],
  memory: [
    { value: 'alloc_space', count: 'alloc_objects', kind: 'delta' },
    { value: 'inuse_space', count: 'inuse_objects', kind: 'instant' },
  ],
  goroutine: [{ value: 'goroutine', count: undefined, kind: 'instant' }],
  goroutineleak: [{ value: 'goroutineleak', count: undefined, kind: 'instant' }],
  threadcreate: [{ value: 'threadcreate', count: undefined, kind: 'instant' }],
  wall: [
    { value: 'wall', count: 'samples', kind: 'delta' },
    { value: 'cpu', count: 'samples', kind: 'delta' },
  ],
};

/** Period types as Go writes them: the same kind from another client must have the same type id. */
const periodTypes: Readonly<Record<string, SampleType>> = {
  block: { type: 'contentions', unit: 'count' },
  mutex: { type: 'contentions', unit: 'count' },
  process_cpu: { type: 'cpu', unit: 'nanoseconds' },
  memory: { type: 'space', unit: 'bytes' },
  goroutine: { type: 'goroutine', unit: 'count' },
};

const toNanoseconds: Readonly<Record<string, number>> = {
  nanoseconds: 1,
  ns: 1,
  microseconds: 1e3,
  us: 1e3,
  milliseconds: 1e6,
  ms: 1e6,
  seconds: 1e9,
  s: 1e9,
};
const toBytes: Readonly<Record<string, number>> = {
  bytes: 1,
  b: 1,
  kilobytes: 1_024,
  kb: 1_024,
  megabytes: 2 ** 20,
  mb: 2 ** 20,
};

/**
 * The windows of a profile of `kind`, in a fixed order; empty when it has none of the columns its kind needs.
 * A kind without a rule gives one delta window: its default sample type, else its last column.
 */
export function planColumns(
  kind: string,
  profile: {
    readonly sampleTypes: readonly SampleType[];
    readonly periodType: SampleType;
    readonly defaultSampleType: string;
  },
): ColumnPlan[] {
  const { sampleTypes } = profile;
  const periodType = periodTypes[kind] ?? profile.periodType;
  const indexOf = (type: string | undefined) => sampleTypes.findIndex((one) => one.type === type);

  function plan(value: number, count: number, windowKind: ColumnPlan['kind']): ColumnPlan[] {
    const column = sampleTypes[value];
    if (column === undefined) return [];
    const { unit, scale } = baseUnit(column.unit);
    const type = {
      name: kind,
      sampleType: column.type,
      sampleUnit: unit,
      periodType: periodType.type,
      periodUnit: periodType.unit,
    };
    return [{ type, kind: windowKind, value, scale, count }];
  }

  const wanted = wantedByKind[kind];
  if (wanted !== undefined) {
    return wanted.flatMap((one) => plan(indexOf(one.value), indexOf(one.count), one.kind));
  }
  const preferred = indexOf(profile.defaultSampleType);
  const value = preferred >= 0 ? preferred : sampleTypes.length - 1;
  const count = sampleTypes.findIndex((one, index) => index !== value && one.unit === 'count');
  return plan(value, count, 'delta');
}

/** Durations in ns, sizes in bytes, everything else as it is called. */
function baseUnit(unit: string): { unit: string; scale: number } {
  const ns = toNanoseconds[unit];
  if (ns !== undefined) return { unit: 'nanoseconds', scale: ns };
  const bytes = toBytes[unit];
  if (bytes !== undefined) return { unit: 'bytes', scale: bytes };
  return { unit, scale: 1 };
}
