import { LockscopeError } from '@/lib/errors';

/** What a varint of 2^64 - 1 reads as: Go writes it for "none" (no thread, no processor). */
export const none = -1;

const two28 = 0x1000_0000;

/** Reads a stretch of bytes front to back. Positions in errors are offsets in the file. */
export class ByteReader {
  bytes: Uint8Array;
  position: number;
  end: number;
  /** File offset of bytes[0]. */
  fileOffset: number;

  constructor(bytes: Uint8Array, position: number, end: number, fileOffset: number) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.fileOffset = fileOffset;
  }

  /** Throws `gotrace.truncated` at the end. */
  byte(): number {
    if (this.position >= this.end) throw this.#truncated();
    const value = this.bytes[this.position] ?? 0;
    this.position += 1;
    return value;
  }

  /**
   * An unsigned LEB128 integer of at most 10 bytes; padding with continuation bytes is allowed. Exact below 2^53,
   * rounded above, `none` for 2^64 - 1. Throws `gotrace.truncated` or `gotrace.varint`.
   */
  varint(): number {
    // Most integers are one byte long. This much is small enough to be compiled into its callers.
    const first = this.position < this.end ? (this.bytes[this.position] ?? 0) : 0x80;
    if (first >= 0x80) return this.#long();
    this.position += 1;
    return first;
  }

  #long(): number {
    const { bytes, end } = this;
    let position = this.position;
    if (position >= end) throw this.#truncated();
    let byte = bytes[position] ?? 0;
    position += 1;
    let value = byte & 0x7f;
    for (let shift = 7; shift < 28; shift += 7) {
      if (position >= end) throw this.#truncated();
      byte = bytes[position] ?? 0;
      position += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.position = position;
        return value;
      }
    }
    return this.#wide(value, position);
  }

  /** The rest of an integer whose first four bytes gave `low` (28 bits). */
  #wide(low: number, start: number): number {
    let high = 0;
    let scale = 1;
    let position = start;
    for (let index = 4; ; index += 1) {
      if (position >= this.end) throw this.#truncated();
      const byte = this.bytes[position] ?? 0;
      position += 1;
      // The tenth byte has room for one bit, and none to say that more follow.
      if (index === 9 && byte > 1)
        throw new LockscopeError('gotrace.varint', 'an integer exceeds 64 bits', this.#place());
      high += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) {
        this.position = position;
        // 36 high bits: exact up to 2^36, so all ones is told apart from every other value.
        return low === two28 - 1 && high === 2 ** 36 - 1 ? none : high * two28 + low;
      }
    }
  }

  /** A view of the next `length` bytes. Throws `gotrace.truncated`. */
  take(length: number): Uint8Array {
    if (length < 0 || length > this.end - this.position) throw this.#truncated();
    const view = this.bytes.subarray(this.position, this.position + length);
    this.position += length;
    return view;
  }

  #place(): { place: string } {
    return { place: `byte ${this.fileOffset + this.position}` };
  }

  #truncated(): LockscopeError {
    return new LockscopeError('gotrace.truncated', 'the data ends inside an item', this.#place());
  }
}
