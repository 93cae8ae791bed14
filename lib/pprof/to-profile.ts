import { ProfileBuilder } from '@/lib/profile/build';
import type { Profile, SampleLabel } from '@/lib/profile/profile';
import { goFunctionName } from './function-name';
import type { WireProfile } from './wire-profile';

/**
 * The canonical model of a decoded profile: one location per source line (inlined calls follow each other),
 * type arguments written `[...]`, locations without a name kept by address, equal samples added up exactly.
 * Left behind: columns of lines, addresses of named locations, system names, drop and keep patterns.
 */
export function toProfile(wire: WireProfile): Profile {
  const builder = new ProfileBuilder(wire);
  const stackOf = stacksOf(wire, builder);
  const { values, wide, length } = wire.samples;
  for (let sample = 0; sample < length; sample++) {
    const row = builder.sample(stackOf(sample), builder.labelSet(labelsOfSample(wire, sample)));
    for (let column = 0; column < values.length; column++) {
      builder.values.add(column, row, wide[column]?.get(sample) ?? values[column]?.[sample] ?? 0);
    }
  }
  return builder.build();
}

/** Numbers the stack of a sample in `builder`, each line and location once. */
function stacksOf(wire: WireProfile, builder: ProfileBuilder): (sample: number) => number {
  const { lineOffsets, lineFunction, lineNumber, addressLow, addressHigh, mapping } = wire.locations;
  const names = wire.strings.map(goFunctionName);
  const address = (location: number) =>
    builder.addressLocation(addressLow[location] ?? 0, addressHigh[location] ?? 0, mapping[location] ?? -1);
  const frame = (location: number, line: number) => {
    const row = lineFunction[line] ?? 0;
    const name = names[wire.functions.name[row] ?? 0] ?? '';
    if (name === '') return address(location);
    const file = wire.strings[wire.functions.file[row] ?? 0] ?? '';
    return builder.location(builder.function(name, file, wire.functions.startLine[row] ?? 0), lineNumber[line] ?? 0);
  };
  const framesOf: (number[] | undefined)[] = new Array(wire.locations.length);
  const framesOfLocation = (location: number) => {
    const start = lineOffsets[location] ?? 0;
    const count = (lineOffsets[location + 1] ?? 0) - start;
    if (count === 0) return [address(location)];
    return Array.from({ length: count }, (_, i) => frame(location, start + i));
  };
  return (sample) => {
    const stack: number[] = [];
    const { offsets, locations } = wire.samples;
    for (let i = offsets[sample] ?? 0; i < (offsets[sample + 1] ?? 0); i++) {
      const location = locations[i] ?? 0;
      framesOf[location] ??= framesOfLocation(location);
      for (const one of framesOf[location]) stack.push(one);
    }
    return builder.stack(stack);
  };
}

/** The labels of sample `sample`, in the order sent. A label without text, number and unit is the empty text. */
export function labelsOfSample(wire: WireProfile, sample: number): SampleLabel[] {
  const { labelOffsets, labelKey, labelString, labelUnit, labelNumber } = wire.samples;
  const labels: SampleLabel[] = [];
  for (let i = labelOffsets[sample] ?? 0; i < (labelOffsets[sample + 1] ?? 0); i++) {
    const key = wire.strings[labelKey[i] ?? 0] ?? '';
    const number = labelNumber[i] ?? 0n;
    const unit = wire.strings[labelUnit[i] ?? 0] ?? '';
    const isText = (labelString[i] ?? 0) !== 0 || (number === 0n && unit === '');
    labels.push({ key, value: isText ? (wire.strings[labelString[i] ?? 0] ?? '') : { number, unit } });
  }
  return labels;
}
