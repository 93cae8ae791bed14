import { LockscopeError } from '@/lib/errors';

/**
 * Unsigned varints, 7 bits a byte, low bits first, over doubles: every non-negative integer a double can hold is
 * written and read back bit for bit, also beyond 2^53.
 */
export class VarintWriter {
  #bytes = Buffer.allocUnsafe(4_096);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  varint(value: number): void {
    // 1,024 bits are the most a double's integer needs: 147 bytes.
    if (this.#length + 150 > this.#bytes.length) this.#grow(150);
    const bytes = this.#bytes;
    let at = this.#length;
    let rest = value;
    while (rest >= 0x8000_0000) {
      bytes[at++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      bytes[at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[at++] = rest;
    this.#length = at;
  }

  #grow(need: number): void {
    const grown = Buffer.allocUnsafe(2 * this.#bytes.length + need);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }

  /** A copy of what was written; the writer starts over. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }
}

/** Reads what `VarintWriter` wrote. Throws `store.damaged` when the bytes end early. */
export class VarintReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  open(bytes: Uint8Array): this {
    this.#bytes = bytes;
    this.#at = 0;
    return this;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw endedEarly(this.#bytes.length);
    return value;
  }

  varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++];
    if (byte === undefined) throw endedEarly(bytes.length);
    if (byte < 128) return byte;
    let value = byte & 127;
    let scale = 128;
    do {
      byte = bytes[this.#at++];
      if (byte === undefined) throw endedEarly(bytes.length);
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value;
  }
}

function endedEarly(length: number): LockscopeError {
  return new LockscopeError('store.damaged', `a stored block ends early, after ${length} bytes`, {
    place: `byte ${length}`,
  });
}
