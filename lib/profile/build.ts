import { LockscopeError } from '@/lib/errors';
import { canonicalProfile } from './canonical';
import type { ProfileHeader } from './header';
import { labelSetKey, sortLabels } from './labels';
import type { Frame, Profile, SampleLabel } from './profile';
import { SequenceTable } from './sequence-table';
import { ValueColumns } from './value-columns';

export interface ProfileRow {
  /** Leaf first. */
  readonly frames: readonly Frame[];
  /** Integers, one per sample type. */
  readonly values: readonly (number | bigint)[];
  readonly labels?: readonly SampleLabel[];
}

/** The canonical profile of `rows`; equal stacks with equal labels are summed. Throws `profile.value`. */
export function buildProfile(header: ProfileHeader, rows: Iterable<ProfileRow>): Profile {
  const builder = new ProfileBuilder(header);
  for (const row of rows) {
    const stack = builder.stack(row.frames.map((frame) => builder.frame(frame)));
    builder.add(stack, builder.labelSet(row.labels ?? []), row.values);
  }
  return builder.build();
}

/**
 * Collects samples by content and makes the canonical profile from them. Numbers returned by its methods
 * are this builder's own; `build` sorts and drops what no sample uses.
 */
export class ProfileBuilder {
  readonly header: ProfileHeader;
  readonly strings: string[] = [];
  /** Rows [name, file, startLine]. */
  readonly functions = new SequenceTable();
  /** Rows [function + 1, line] or [0, addressLow, addressHigh, mapping + 1]. */
  readonly locations = new SequenceTable();
  readonly stacks = new SequenceTable();
  readonly labelSets: (readonly SampleLabel[])[] = [[]];
  /** Rows [stack, labelSet]. */
  readonly samples = new SequenceTable();
  readonly values: ValueColumns;
  private readonly stringRows = new Map<string, number>();
  private readonly labelRows = new Map<string, number>([['[]', 0]]);

  constructor(header: ProfileHeader) {
    this.header = header;
    this.values = new ValueColumns(header.sampleTypes.length);
  }

  string(text: string): number {
    const known = this.stringRows.get(text);
    if (known !== undefined) return known;
    this.strings.push(text);
    this.stringRows.set(text, this.strings.length - 1);
    return this.strings.length - 1;
  }

  function(name: string, file: string, startLine: number): number {
    return this.functions.intern([this.string(name), this.string(file), startLine]);
  }

  location(functionRow: number, line: number): number {
    return this.locations.intern([functionRow + 1, line]);
  }

  /** A location of which only the address is known; `mapping` is an index into the header's, -1 = none. */
  addressLocation(addressLow: number, addressHigh: number, mapping: number): number {
    return this.locations.intern([0, addressLow, addressHigh, mapping + 1]);
  }

  /** A frame without a function name is an unknown address. */
  frame(frame: Frame): number {
    if (frame.function === '') return this.addressLocation(0, 0, -1);
    return this.location(this.function(frame.function, frame.file, frame.startLine), frame.line);
  }

  /** `locations[start .. end]`, leaf first. */
  stack(locations: Uint32Array | readonly number[], start?: number, end?: number): number {
    return this.stacks.intern(locations, start, end);
  }

  labelSet(labels: readonly SampleLabel[]): number {
    if (labels.length === 0) return 0;
    const sorted = sortLabels(labels);
    const key = labelSetKey(sorted);
    const known = this.labelRows.get(key);
    if (known !== undefined) return known;
    this.labelSets.push(sorted);
    this.labelRows.set(key, this.labelSets.length - 1);
    return this.labelSets.length - 1;
  }

  /** The row of a sample, with zeros when it is new. */
  sample(stack: number, labelSet: number): number {
    const row = this.samples.intern([stack, labelSet]);
    if (row === this.values.rows) this.values.addRow();
    return row;
  }

  /** Adds one value per sample type to a sample. */
  add(stack: number, labelSet: number, values: readonly (number | bigint)[]): void {
    const columns = this.header.sampleTypes.length;
    if (values.length !== columns) {
      throw new LockscopeError('profile.value', `${values.length} values for ${columns} sample types`);
    }
    const row = this.sample(stack, labelSet);
    for (const [column, value] of values.entries()) this.values.add(column, row, value);
  }

  build(): Profile {
    return canonicalProfile(this);
  }
}
