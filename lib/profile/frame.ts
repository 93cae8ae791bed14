import type { Frame, IndexIntoLocations, IndexIntoSamples, IndexIntoStacks, Profile } from './profile';

/** The frame of a location. Unsymbolised: the function is the address (`0x4a3f21`), the file that of the binary. */
export function frameOfLocation(profile: Profile, location: IndexIntoLocations): Frame {
  const func = profile.locations.func[location] ?? -1;
  if (func === -1) {
    const mapping = profile.mappings[profile.locations.mapping[location] ?? -1];
    return unsymbolisedFrame(profile.locations.address[location] ?? 0n, mapping?.file ?? '');
  }
  return {
    function: profile.strings[profile.functions.name[func] ?? 0] ?? '',
    file: profile.strings[profile.functions.file[func] ?? 0] ?? '',
    line: profile.locations.line[location] ?? 0,
    startLine: profile.functions.startLine[func] ?? 0,
  };
}

/** The frames of a stack, leaf first. */
export function framesOfStack(profile: Profile, stack: IndexIntoStacks): Frame[] {
  const { offsets, locations } = profile.stacks;
  return Array.from(locations.subarray(offsets[stack], offsets[stack + 1]), (location) =>
    frameOfLocation(profile, location),
  );
}

/** The exact int64 of one cell. */
export function exactValue(profile: Profile, column: number, sample: IndexIntoSamples): bigint {
  return profile.samples.wide[column]?.get(sample) ?? BigInt(profile.samples.values[column]?.[sample] ?? 0);
}

/** One cell as a number while that is exact, as a bigint beyond 2^53. */
export function cellValue(profile: Profile, column: number, sample: IndexIntoSamples): number | bigint {
  return profile.samples.wide[column]?.get(sample) ?? profile.samples.values[column]?.[sample] ?? 0;
}

export function unsymbolisedFrame(address: bigint, mappingFile: string): Frame {
  return { function: `0x${address.toString(16)}`, file: mappingFile, line: 0, startLine: 0 };
}
