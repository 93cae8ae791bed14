import { unsymbolisedFrame } from '@/lib/profile/frame';
import type { Frame } from '@/lib/profile/profile';
import { goFunctionName } from './function-name';
import type { WireProfile } from './wire-profile';

/** The frames of sample `sample`, leaf first, inlined calls expanded, names as the model has them. */
export function framesOfSample(wire: WireProfile, sample: number): Frame[] {
  const { offsets, locations } = wire.samples;
  const frames: Frame[] = [];
  for (let i = offsets[sample] ?? 0; i < (offsets[sample + 1] ?? 0); i++) {
    const location = locations[i] ?? 0;
    const start = wire.locations.lineOffsets[location] ?? 0;
    const end = wire.locations.lineOffsets[location + 1] ?? 0;
    if (start === end) frames.push(addressFrame(wire, location));
    for (let line = start; line < end; line++) frames.push(frameOfLine(wire, location, line));
  }
  return frames;
}

/** The innermost frame of sample `sample`; undefined when it has none. */
export function leafFrame(wire: WireProfile, sample: number): Frame | undefined {
  const { offsets, locations } = wire.samples;
  const first = offsets[sample] ?? 0;
  if (first === (offsets[sample + 1] ?? 0)) return undefined;
  const location = locations[first] ?? 0;
  const line = wire.locations.lineOffsets[location] ?? 0;
  if (line === (wire.locations.lineOffsets[location + 1] ?? 0)) return addressFrame(wire, location);
  return frameOfLine(wire, location, line);
}

function frameOfLine(wire: WireProfile, location: number, line: number): Frame {
  const row = wire.locations.lineFunction[line] ?? 0;
  const name = wire.strings[wire.functions.name[row] ?? 0] ?? '';
  if (name === '') return addressFrame(wire, location);
  return {
    function: goFunctionName(name),
    file: wire.strings[wire.functions.file[row] ?? 0] ?? '',
    line: wire.locations.lineNumber[line] ?? 0,
    startLine: wire.functions.startLine[row] ?? 0,
  };
}

/** What is shown of a location without a name. */
export function addressFrame(wire: WireProfile, location: number): Frame {
  const high = wire.locations.addressHigh[location] ?? 0;
  const low = wire.locations.addressLow[location] ?? 0;
  const mapping = wire.mappings[wire.locations.mapping[location] ?? -1];
  return unsymbolisedFrame((BigInt(high) << 32n) | BigInt(low), mapping?.file ?? '');
}
