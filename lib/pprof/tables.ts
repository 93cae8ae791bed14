import { Float64List, Uint32List } from '@/lib/profile/growable';
import type { WireReader } from './wire';

/** uint64 ids as doubles: exact below 2^53, the few above are numbered downwards from -1. */
export class IdKeys {
  private readonly large = new Map<bigint, number>();

  clear(): void {
    if (this.large.size > 0) this.large.clear();
  }

  /** The key of the uint64 that `reader` read last. */
  of(reader: WireReader): number {
    if (reader.high >>> 21 === 0) return reader.high * 2 ** 32 + (reader.low >>> 0);
    const id = BigInt.asUintN(64, reader.signedBigInt());
    const known = this.large.get(id);
    if (known !== undefined) return known;
    const key = -1 - this.large.size;
    this.large.set(id, key);
    return key;
  }
}

/** The fields of a message in the order they came, ids and string indexes not yet looked up. */
export class Tables {
  readonly sampleTypes = new Uint32List(8);
  periodType: { readonly type: number; readonly unit: number } = { type: 0, unit: 0 };
  period = 0;
  timeNanos = 0n;
  durationNanos = 0n;
  defaultSampleType = 0;
  /** Not used by the model, but their strings must exist. */
  readonly otherStrings = new Uint32List(4);
  readonly comments = new Uint32List(4);

  /** Start and end byte of each string. */
  readonly strings = new Uint32List(256);

  readonly functionId = new Float64List();
  readonly functionName = new Uint32List();
  readonly functionSystemName = new Uint32List();
  readonly functionFile = new Uint32List();
  readonly functionStart = new Uint32List();

  readonly mappingId = new Float64List(4);
  /** start, limit, offset. */
  mappingRange: bigint[] = [];
  readonly mappingFile = new Uint32List(4);
  readonly mappingBuildId = new Uint32List(4);

  readonly locationId = new Float64List();
  readonly locationMapping = new Float64List();
  readonly addressLow = new Uint32List();
  readonly addressHigh = new Uint32List();
  readonly lineOffsets = new Uint32List();
  readonly lineFunction = new Float64List();
  readonly lineNumber = new Uint32List();

  /** Ends of the samples' locations, values and labels. */
  readonly sampleOffsets = new Uint32List();
  readonly sampleLocations = new Float64List(512);
  readonly valueOffsets = new Uint32List();
  readonly values = new Float64List(128);
  /** By position in `values`: int64 that a double cannot hold. */
  wide = new Map<number, bigint>();
  readonly labelOffsets = new Uint32List();
  readonly labelKey = new Uint32List();
  readonly labelString = new Uint32List();
  readonly labelUnit = new Uint32List();
  labelNumber: bigint[] = [];

  readonly functionKeys = new IdKeys();
  readonly mappingKeys = new IdKeys();
  readonly locationKeys = new IdKeys();

  private readonly lists = [
    this.sampleTypes,
    this.otherStrings,
    this.comments,
    this.strings,
    this.functionId,
    this.functionName,
    this.functionSystemName,
    this.functionFile,
    this.functionStart,
    this.mappingId,
    this.mappingFile,
    this.mappingBuildId,
    this.locationId,
    this.locationMapping,
    this.addressLow,
    this.addressHigh,
    this.lineOffsets,
    this.lineFunction,
    this.lineNumber,
    this.sampleOffsets,
    this.sampleLocations,
    this.valueOffsets,
    this.values,
    this.labelOffsets,
    this.labelKey,
    this.labelString,
    this.labelUnit,
  ];

  constructor() {
    this.clear();
  }

  /** Ready for another message. */
  clear(): void {
    for (const list of this.lists) list.clear();
    this.functionKeys.clear();
    this.mappingKeys.clear();
    this.locationKeys.clear();
    this.periodType = { type: 0, unit: 0 };
    this.period = 0;
    this.timeNanos = 0n;
    this.durationNanos = 0n;
    this.defaultSampleType = 0;
    this.mappingRange = [];
    this.labelNumber = [];
    if (this.wide.size > 0) this.wide = new Map();
    this.lineOffsets.push(0);
    this.sampleOffsets.push(0);
    this.valueOffsets.push(0);
    this.labelOffsets.push(0);
  }
}
