import { gzipSync } from 'node:zlib';
import {
  Label,
  Line,
  Location,
  Mapping,
  Function as PprofFunction,
  Profile as PprofProfile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { LockscopeError } from '@/lib/errors';
import { exactValue } from '@/lib/profile/frame';
import type { Profile, SampleLabel, SampleType } from '@/lib/profile/profile';

/**
 * The profile as a gzipped pprof file that `go tool pprof` and `go build -pgo` read; start lines are kept.
 * Throws `pprof.overflow` when a sum exceeds int64.
 */
export function encodeProfile(profile: Profile): Uint8Array {
  return gzipSync(encodeMessage(profile));
}

/** The pprof message alone. Locations and functions are numbered from 1 in the model's order. */
export function encodeMessage(profile: Profile): Uint8Array {
  const strings = new StringTable();
  const text = (value: string) => strings.dedup(value);
  const pprof = new PprofProfile({
    sampleType: profile.sampleTypes.map((type) => valueType(type, text)),
    periodType: valueType(profile.periodType, text),
    period: profile.period,
    timeNanos: profile.timeNanos,
    durationNanos: profile.durationNanos,
    defaultSampleType: text(profile.defaultSampleType),
    comment: profile.comments.map(text),
    mapping: profile.mappings.map((mapping, i) => {
      return new Mapping({
        id: i + 1,
        memoryStart: mapping.start,
        memoryLimit: mapping.limit,
        fileOffset: mapping.offset,
        filename: text(mapping.file),
        buildId: text(mapping.buildId),
      });
    }),
    function: functionsOf(profile, text),
    location: locationsOf(profile),
    sample: samplesOf(profile, text),
    stringTable: strings,
  });
  // pprof-format 2.3.2 leaves empty embedded messages (a type without names) out of `length`, writes their two bytes
  // all the same, and `encode` then loses the end of the message.
  const buffer = new Uint8Array(pprof.length + 2 * (pprof.sampleType.length + 1));
  return buffer.subarray(0, pprof._encodeToBuffer(buffer));
}

function valueType({ type, unit }: SampleType, text: (value: string) => number): ValueType {
  return new ValueType({ type: text(type), unit: text(unit) });
}

function functionsOf(profile: Profile, text: (value: string) => number): PprofFunction[] {
  const { name, file, startLine, length } = profile.functions;
  return Array.from({ length }, (_, i) => {
    const named = text(profile.strings[name[i] ?? 0] ?? '');
    return new PprofFunction({
      id: i + 1,
      name: named,
      systemName: named,
      filename: text(profile.strings[file[i] ?? 0] ?? ''),
      startLine: startLine[i] ?? 0,
    });
  });
}

function locationsOf(profile: Profile): Location[] {
  const { func, line, address, mapping, length } = profile.locations;
  return Array.from({ length }, (_, i) => {
    const functionRow = func[i] ?? -1;
    return new Location({
      id: i + 1,
      mappingId: (mapping[i] ?? -1) + 1,
      address: address[i] ?? 0n,
      line: functionRow === -1 ? [] : [new Line({ functionId: functionRow + 1, line: line[i] ?? 0 })],
    });
  });
}

function samplesOf(profile: Profile, text: (value: string) => number): Sample[] {
  const { offsets, locations } = profile.stacks;
  const { stack, labels, length } = profile.samples;
  return Array.from({ length }, (_, i) => {
    const row = stack[i] ?? 0;
    return new Sample({
      locationId: Array.from(locations.subarray(offsets[row], offsets[row + 1]), (location) => location + 1),
      value: profile.sampleTypes.map((_, column) => int64(exactValue(profile, column, i), i)),
      label: (profile.labelSets[labels[i] ?? 0] ?? []).map((label) => pprofLabel(label, text)),
    });
  });
}

function pprofLabel({ key, value }: SampleLabel, text: (value: string) => number): Label {
  if (typeof value === 'string') return new Label({ key: text(key), str: text(value) });
  return new Label({ key: text(key), num: value.number, numUnit: text(value.unit) });
}

function int64(value: bigint, sample: number): bigint {
  if (BigInt.asIntN(64, value) !== value) {
    throw new LockscopeError('pprof.overflow', `${value} does not fit 64 bits`, { place: `sample ${sample}` });
  }
  return value;
}
