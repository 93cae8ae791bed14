import type { ProfileBuilder } from './build';
import { cellValue } from './frame';
import type { IndexIntoSamples, Mapping, Profile } from './profile';

/**
 * Gives the builder's stack and label set numbers of samples of `profile`, each location and stack copied once.
 * Mappings are found again by content, so the builder's header must hold those of `profile`.
 */
export class SampleCopier {
  private readonly profile: Profile;
  private readonly builder: ProfileBuilder;
  private readonly mappingRow: readonly number[];
  private readonly locations: Int32Array;
  private readonly stacks: Int32Array;
  private readonly labelSets: Int32Array;

  constructor(profile: Profile, builder: ProfileBuilder) {
    this.profile = profile;
    this.builder = builder;
    const keys = (builder.header.mappings ?? []).map(mappingKey);
    this.mappingRow = profile.mappings.map((mapping) => keys.indexOf(mappingKey(mapping)));
    this.locations = new Int32Array(profile.locations.length).fill(-1);
    this.stacks = new Int32Array(profile.stacks.length).fill(-1);
    this.labelSets = new Int32Array(profile.labelSets.length).fill(-1);
  }

  /** The builder's row for a sample of the same stack and labels. */
  row(sample: IndexIntoSamples): number {
    const { stack, labels } = this.profile.samples;
    return this.builder.sample(this.stack(stack[sample] ?? 0), this.labelSet(labels[sample] ?? 0));
  }

  /** Adds the values of a sample to the builder's row. */
  add(sample: IndexIntoSamples): void {
    const row = this.row(sample);
    for (let column = 0; column < this.profile.sampleTypes.length; column++) {
      this.builder.values.add(column, row, cellValue(this.profile, column, sample));
    }
  }

  private labelSet(set: number): number {
    const known = this.labelSets[set] ?? -1;
    if (known >= 0) return known;
    const row = this.builder.labelSet(this.profile.labelSets[set] ?? []);
    this.labelSets[set] = row;
    return row;
  }

  private stack(stack: number): number {
    const known = this.stacks[stack] ?? -1;
    if (known >= 0) return known;
    const { offsets, locations } = this.profile.stacks;
    const frames = locations.subarray(offsets[stack], offsets[stack + 1]).map((location) => this.location(location));
    const row = this.builder.stack(frames);
    this.stacks[stack] = row;
    return row;
  }

  private location(location: number): number {
    const known = this.locations[location] ?? -1;
    if (known >= 0) return known;
    const row = this.copyLocation(location);
    this.locations[location] = row;
    return row;
  }

  private copyLocation(location: number): number {
    const { locations, functions, strings } = this.profile;
    const func = locations.func[location] ?? -1;
    if (func === -1) {
      const address = locations.address[location] ?? 0n;
      const mapping = this.mappingRow[locations.mapping[location] ?? -1] ?? -1;
      return this.builder.addressLocation(Number(address & 0xffffffffn), Number(address >> 32n), mapping);
    }
    const row = this.builder.function(
      strings[functions.name[func] ?? 0] ?? '',
      strings[functions.file[func] ?? 0] ?? '',
      functions.startLine[func] ?? 0,
    );
    return this.builder.location(row, locations.line[location] ?? 0);
  }
}

/** A text that two mappings share exactly when they are equal. */
export function mappingKey({ start, limit, offset, file, buildId }: Mapping): string {
  return JSON.stringify([`${start}`, `${limit}`, `${offset}`, file, buildId]);
}
