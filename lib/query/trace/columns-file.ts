import { LockscopeError } from '@/lib/errors';

/**
 * A file of typed columns that opens by making views: magic, version, checksums and the lengths of the file and of a
 * JSON head, then the head, then each column at a multiple of 8. Little endian, as all machines that Node runs on are.
 */
const magic = 0x5243_5354; // "TSCR"
const prefixBytes = 32;

export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

const makers = {
  u8: (buffer: ArrayBufferLike, at: number, length: number) => new Uint8Array(buffer, at, length),
  u16: (buffer: ArrayBufferLike, at: number, length: number) => new Uint16Array(buffer, at, length),
  u32: (buffer: ArrayBufferLike, at: number, length: number) => new Uint32Array(buffer, at, length),
  i32: (buffer: ArrayBufferLike, at: number, length: number) => new Int32Array(buffer, at, length),
  f64: (buffer: ArrayBufferLike, at: number, length: number) => new Float64Array(buffer, at, length),
};
const bytesOf = { u8: 1, u16: 2, u32: 4, i32: 4, f64: 8 } as const;
type ColumnType = keyof typeof makers;

interface Directory {
  readonly head: unknown;
  readonly columns: readonly (readonly [name: string, type: ColumnType, length: number])[];
}

/** The pieces of the file in order, to be written one after the other. Columns are not copied. */
export function encodeColumns(version: number, head: unknown, columns: Readonly<Record<string, Column>>): Uint8Array[] {
  const entries = Object.entries(columns);
  const directory: Directory = {
    head,
    columns: entries.map(([name, column]) => [name, typeOf(column), column.length]),
  };
  const text = JSON.stringify(directory);
  const spaces = -new TextEncoder().encode(text).length & 7;
  const pieces: Uint8Array[] = [new TextEncoder().encode(text + ' '.repeat(spaces))];
  for (const [, column] of entries)
    pieces.push(padded(new Uint8Array(column.buffer, column.byteOffset, column.byteLength)));
  const prefix = new Uint8Array(prefixBytes);
  const words = new Uint32Array(prefix.buffer);
  words[0] = magic;
  words[1] = version;
  const sums = checksum(pieces, pieces[0]?.length ?? 0);
  words[2] = sums.a;
  words[6] = sums.b;
  words[3] = pieces[0]?.length ?? 0;
  new Float64Array(prefix.buffer)[2] = pieces.reduce((sum, piece) => sum + piece.length, prefixBytes);
  return [prefix, ...pieces];
}

/**
 * The head and the columns of a file, as views on `bytes` (copied only when they do not begin at a multiple of 8).
 * Throws `trace.analysis-version` for a file of another version, `trace.analysis-damaged` for what is no such file.
 */
export function openColumns(
  version: number,
  bytes: Uint8Array,
): { head: unknown; columns: ReadonlyMap<string, Column> } {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  if (aligned.length < prefixBytes) throw damaged('the file ends in its first bytes', `byte ${aligned.length}`);
  const { buffer, byteOffset } = aligned;
  const words = new Uint32Array(buffer, byteOffset, prefixBytes / 4);
  if (words[0] !== magic) throw damaged('not a kept analysis', 'byte 0');
  if (words[1] !== version)
    throw new LockscopeError('trace.analysis-version', `an analysis of version ${words[1]}, expected ${version}`, {
      place: 'byte 4',
    });
  const length = new Float64Array(buffer, byteOffset + 16, 1)[0];
  if (length !== aligned.length) throw damaged(`${aligned.length} bytes of ${length}`, `byte ${aligned.length}`);
  const body = aligned.subarray(prefixBytes);
  const sums = checksum([body], words[3] ?? 0);
  if (sums.a >>> 0 !== words[2] || sums.b >>> 0 !== words[6] || words[7] !== 0)
    throw damaged('the checksum differs', 'byte 8');
  return columnsOf(body, words[3] ?? 0);
}

function columnsOf(body: Uint8Array, headBytes: number): { head: unknown; columns: ReadonlyMap<string, Column> } {
  // The checksum proves that `encodeColumns` of this version wrote the directory.
  const { head, columns } = JSON.parse(new TextDecoder().decode(body.subarray(0, headBytes))) as Directory;
  const found = new Map<string, Column>();
  let at = headBytes;
  for (const [name, type, length] of columns) {
    found.set(name, makers[type](body.buffer, body.byteOffset + at, length));
    at += padding(length * bytesOf[type]);
  }
  return { head, columns: found };
}

/** Fletcher's sums over 32-bit words; going on from the sums before, so that pieces give what the whole gives. */
function addWords(bytes: Uint8Array, sums: { a: number; b: number }): void {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
  let { a, b } = sums;
  for (let i = 0; i < words.length; i += 1) {
    a = (a + (words[i] ?? 0)) | 0;
    b = (b + a) | 0;
  }
  sums.a = a;
  sums.b = b;
}

function checksum(pieces: readonly Uint8Array[], headBytes: number): { readonly a: number; readonly b: number } {
  const sums = { a: headBytes, b: 0 };
  for (const piece of pieces) addWords(piece, sums);
  return sums;
}

function typeOf(column: Column): ColumnType {
  if (column instanceof Float64Array) return 'f64';
  if (column instanceof Uint32Array) return 'u32';
  if (column instanceof Int32Array) return 'i32';
  return column instanceof Uint16Array ? 'u16' : 'u8';
}

function padding(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 8 === 0 && bytes.byteOffset % 4 === 0) return bytes;
  const whole = new Uint8Array(padding(bytes.length));
  whole.set(bytes);
  return whole;
}

function damaged(message: string, place: string): LockscopeError {
  return new LockscopeError('trace.analysis-damaged', `the kept analysis is damaged: ${message}`, { place });
}
