import { LockscopeError } from '@/lib/errors';

export interface LengthDelimited {
  readonly field: number;
  /** A view, not a copy. */
  readonly bytes: Buffer;
}

/**
 * The length-delimited fields of a protobuf message, in order; the other wire types are skipped.
 * Enough for envelopes made of strings, bytes and messages. Throws `ingest.request` naming message and byte.
 */
export function readLengthDelimited(message: Buffer, name: string): LengthDelimited[] {
  const fields: LengthDelimited[] = [];
  let at = 0;

  function broken(what: string): LockscopeError {
    return new LockscopeError('ingest.request', `${name}: ${what}`, { place: `byte ${at} of ${name}` });
  }
  // Values above 2^53 lose precision; only lengths and keys are used, and those are checked against the message.
  function varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message[at++];
      if (byte === undefined) throw broken('ends inside a number');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw broken('a number longer than ten bytes');
  }

  while (at < message.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    const wireType = key % 8;
    if (field === 0) throw broken('field number 0');
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else if (wireType === 2) {
      const length = varint();
      if (at + length > message.length)
        throw broken(`field ${field} is ${length} bytes long, ${message.length - at} are left`);
      fields.push({ field, bytes: message.subarray(at, at + length) });
      at += length;
    } else throw broken(`wire type ${wireType}`);
  }
  if (at > message.length) throw broken('ends inside a field');
  return fields;
}
