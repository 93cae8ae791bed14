import { LockscopeError } from '@/lib/errors';

/** Wire types of the protocol buffer encoding that a profile may hold. */
export const VARINT = 0;
export const BYTES = 2;

const notAField = 'a field has a number that the format does not know';

/**
 * Reads protocol buffer fields from `bytes`, in order, without copying.
 * A varint is left in `low` and `high`, its 32-bit halves as int32, so that int64 stays exact without bigints
 * and the engine keeps both as small integers.
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
    const start = this.position;
    if (start >= this.end) return false;
    this.varint();
    if (this.high !== 0 || ((this.low >>> 3) - 1) >>> 0 > 0x1ffffffe) throw this.malformed(notAField, start);
    this.field = this.low >>> 3;
    this.wireType = this.low & 7;
    return true;
  }

  /** Reads a varint into `low` and `high`. */
  varint(): void {
    const position = this.position;
    // `?? 0` here and below is for the compiler: positions below `end` are in range.
    const byte = this.bytes[position] ?? 0;
    if (position < this.end && byte < 0x80) {
      this.low = byte;
      this.high = 0;
      this.position = position + 1;
      return;
    }
    this.longVarint();
  }

  private longVarint(): void {
    const { bytes, end } = this;
    let position = this.position;
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      if (position >= end) throw this.truncated();
      const byte = bytes[position++] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else if (byte > 1) throw this.malformed('a number is longer than 64 bits', position - 1);
      else high |= byte << 31;
      if (byte < 0x80) break;
    }
    this.low = low;
    this.high = high;
    this.position = position;
  }

  /** Reads a varint field that must be below 2^32: an index, a flag. */
  uint32(): number {
    this.expect(VARINT);
    const start = this.position;
    this.varint();
    if (this.high !== 0) throw this.malformed(`${this.signedBigInt()} where an index is expected`, start);
    return this.low >>> 0;
  }

  /** Reads a varint field of any size into `low` and `high`. */
  uint64(): void {
    this.expect(VARINT);
    this.varint();
  }

  /** The int64 read last, rounded to the nearest double. */
  signed(): number {
    return this.high * 2 ** 32 + (this.low >>> 0);
  }

  /** The int64 read last, exactly. */
  signedBigInt(): bigint {
    if (this.high >> 21 === 0) return BigInt(this.high * 2 ** 32 + (this.low >>> 0));
    return (BigInt(this.high) << 32n) | BigInt(this.low >>> 0);
  }

  /** Reads the length of an embedded message or string and returns its end; `position` is its first byte. */
  lengthDelimited(): number {
    this.expect(BYTES);
    const start = this.position;
    this.varint();
    const last = this.position + (this.high >>> 0) * 2 ** 32 + (this.low >>> 0);
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
        throw this.malformed(`field ${this.field} has wire type ${this.wireType}, which there is not`, this.position);
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
