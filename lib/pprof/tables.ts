import { Float64List, Uint32List } from '@/lib/profile/growable';
import type { WireReader } from './wire';

/** uint64 ids as doubles: exact below 2^53, the few above are numbered downwards from -1. */
export class IdKeys {
  private readonly large = new Map<bigint, number>();

  /** The key of the uint64 that `reader` read last. */
  of(reader: WireReader): number {
    if (reader.high < 0x200000) return reader.high * 2 ** 32 + reader.low;
    const id = (BigInt(reader.high) << 32n) | BigInt(reader.low);
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
  readonly mappingRange: bigint[] = [];
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
  readonly wide = new Map<number, bigint>();
  readonly labelOffsets = new Uint32List();
  readonly labelKey = new Uint32List();
  readonly labelString = new Uint32List();
  readonly labelUnit = new Uint32List();
  readonly labelNumber: bigint[] = [];

  readonly functionKeys = new IdKeys();
  readonly mappingKeys = new IdKeys();
  readonly locationKeys = new IdKeys();

  constructor() {
    this.lineOffsets.push(0);
    this.sampleOffsets.push(0);
    this.valueOffsets.push(0);
    this.labelOffsets.push(0);
  }
}
