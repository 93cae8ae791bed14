const TIME_NANOS = 9; // field of perftools.profiles.Profile
const NANOS_PER_MS = 1_000_000n;

/**
 * Moves the instants of an upload's query: from and until, in Unix nanoseconds as pyroscope-go sends them.
 * Throws when one is missing or in another unit.
 */
export function shiftQuery(query: string, byMs: number): string {
  const parameters = new URLSearchParams(query);
  for (const name of ['from', 'until']) {
    parameters.set(name, String(nanosOf(parameters, name) + BigInt(byMs) * NANOS_PER_MS));
  }
  return parameters.toString();
}

/** End of an upload's window in Unix milliseconds. */
export function endOfQuery(query: string): number {
  return Number(nanosOf(new URLSearchParams(query), 'until') / NANOS_PER_MS);
}

function nanosOf(parameters: URLSearchParams, name: string): bigint {
  const value = parameters.get(name) ?? '';
  if (!/^\d{19}$/.test(value)) throw new Error(`${name}=${value} is not Unix nanoseconds`);
  return BigInt(value);
}

/**
 * Moves time_nanos of an inflated pprof and leaves every other byte as it is; a profile without a time stays without.
 * Throws when the bytes are no protobuf message.
 */
export function shiftProfile(profile: Buffer, byMs: number): Buffer {
  const chunks: Buffer[] = [];
  let kept = 0; // everything before is in chunks
  let at = 0;
  while (at < profile.length) {
    const tag = readVarint(profile, at);
    const value = tag.end;
    at = endOfField(profile, value, Number(tag.value & 7n));
    if (tag.value >> 3n !== BigInt(TIME_NANOS) || (tag.value & 7n) !== 0n) continue;
    const time = readVarint(profile, value).value;
    if (time === 0n) continue;
    chunks.push(profile.subarray(kept, value), writeVarint(time + BigInt(byMs) * NANOS_PER_MS));
    kept = at;
  }
  return Buffer.concat([...chunks, profile.subarray(kept)]);
}

/** Where the field ends whose value begins at `at`. */
function endOfField(bytes: Buffer, at: number, wireType: number): number {
  const end = (() => {
    switch (wireType) {
      case 0:
        return readVarint(bytes, at).end;
      case 1:
        return at + 8;
      case 2: {
        const length = readVarint(bytes, at);
        return length.end + Number(length.value);
      }
      case 5:
        return at + 4;
      default:
        throw new Error(`wire type ${wireType} at byte ${at}`);
    }
  })();
  if (end > bytes.length) throw new Error(`a field at byte ${at} reaches beyond the end`);
  return end;
}

function readVarint(bytes: Buffer, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let at = start, shift = 0n; shift < 70n; at++, shift += 7n) {
    const byte = bytes[at];
    if (byte === undefined) break;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value, end: at + 1 };
  }
  throw new Error(`no varint at byte ${start}`);
}

function writeVarint(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left >= 0x80n) {
    bytes.push(Number(left & 0x7fn) | 0x80);
    left >>= 7n;
  }
  bytes.push(Number(left));
  return Buffer.from(bytes);
}
