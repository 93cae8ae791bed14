import { LockscopeError } from '@/lib/errors';

/** Wire types of the protocol buffer encoding that a profile may hold. */
export const VARINT = 0;
export const BYTES = 2;

/**
 * Reads protocol buffer fields from `bytes`, in order, without copying.
 * A varint is left in `low` and `high` (its 32-bit halves), so that int64 stays exact without bigints.
 * Every read checks the end of the enclosing message. Throws `pprof.truncated` and `pprof.malformed` with the byte.
 */
export class WireReader {
  readonly bytes: Uint8Array;
  position = 0;
  end: number;
  low = 0;
  high = 0;
  field = 0;
  wireType = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** Moves to the next field; false at the end of the message. */
  nextField(): boolean {
    if (this.position >= this.end) return false;
    const start = this.position;
    this.varint();
    this.field = this.high * 0x20000000 + (this.low >>> 3);
    this.wireType = this.low & 7;
    if (this.field === 0 || this.field > 0x1fffffff) throw this.malformed(`field number ${this.field}`, start);
    return true;
  }

  /** Reads a varint into `low` and `high`. */
  varint(): void {
    const { bytes, end } = this;
    let position = this.position;
    if (position >= end) throw this.truncated();
    // `?? 0` below is for the compiler: `position < end` holds at each read.
    let byte = bytes[position++] ?? 0;
    let low = byte & 0x7f;
    let high = 0;
    let shift = 7;
    while (byte >= 0x80) {
      if (position >= end) throw this.truncated();
      byte = bytes[position++] ?? 0;
      if (shift < 28) low |= (byte & 0x7f) << shift;
      else if (shift === 28) {
        low |= (byte & 0x0f) << 28;
        high = (byte & 0x7f) >>> 4;
      } else if (shift < 63) high |= (byte & 0x7f) << (shift - 32);
      else {
        if (byte > 1) throw this.malformed('a varint longer than 64 bits', position - 1);
        high |= byte << 31;
      }
      shift += 7;
    }
    this.low = low >>> 0;
    this.high = high >>> 0;
    this.position = position;
  }

  /** Reads a varint field that must be below 2^32: an index, a flag. */
  uint32(): number {
    this.expect(VARINT);
    const start = this.position;
    this.varint();
    if (this.high !== 0) throw this.malformed(`${this.high * 2 ** 32 + this.low} where an index is expected`, start);
    return this.low;
  }

  /** Reads a varint field of any size into `low` and `high`. */
  uint64(): void {
    this.expect(VARINT);
    this.varint();
  }

  /** The int64 read last, rounded to the nearest double. */
  signed(): number {
    return (this.high | 0) * 2 ** 32 + this.low;
  }

  /** The int64 read last, exactly. */
  signedBigInt(): bigint {
    return (BigInt(this.high | 0) << 32n) | BigInt(this.low);
  }

  /** Reads the length of an embedded message or string and returns its end; `position` is its first byte. */
  lengthDelimited(): number {
    this.expect(BYTES);
    const start = this.position;
    this.varint();
    const last = this.position + this.high * 2 ** 32 + this.low;
    if (last > this.end) throw this.short(`${last - this.end} bytes are missing`, start);
    return last;
  }

  /** Skips a field that is not a profile's (or not of interest). */
  skip(): void {
    switch (this.wireType) {
      case VARINT:
        this.varint();
        return;
      case BYTES:
        this.position = this.lengthDelimited();
        return;
      case 1:
      case 5: {
        const next = this.position + (this.wireType === 1 ? 8 : 4);
        if (next > this.end) throw this.truncated();
        this.position = next;
        return;
      }
      default:
        throw this.malformed(`wire type ${this.wireType}`, this.position);
    }
  }

  private expect(wireType: number): void {
    if (this.wireType !== wireType) {
      throw this.malformed(`field ${this.field} has wire type ${this.wireType} instead of ${wireType}`, this.position);
    }
  }

  private truncated(): LockscopeError {
    return this.short('the message ends inside a field', this.end);
  }

  /** What runs past the file is cut off; what runs past its message only is malformed. */
  private short(what: string, position: number): LockscopeError {
    if (this.end < this.bytes.length) return this.malformed(`${what} from an embedded message`, position);
    return new LockscopeError('pprof.truncated', what, { place: `byte ${position}` });
  }

  private malformed(what: string, position: number): LockscopeError {
    return new LockscopeError('pprof.malformed', what, { place: `byte ${position}` });
  }
}
