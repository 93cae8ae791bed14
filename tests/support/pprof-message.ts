/** Writes protocol buffer fields by hand, for messages that no encoder would write. */
interface FieldWriter {
  readonly varint: (field: number, value: number | bigint) => number[];
  readonly bytes: (field: number, content: readonly number[][]) => number[];
  readonly packed: (field: number, values: readonly (number | bigint)[]) => number[];
  readonly text: (field: number, value: string) => number[];
}

/** The bytes of the fields that `write` returns, in order. */
export function message(write: (fields: FieldWriter) => readonly number[][]): Uint8Array {
  return Uint8Array.from(write(fields).flat());
}

const fields: FieldWriter = {
  varint: (field, value) => [...varint(field << 3), ...varint(value)],
  bytes: (field, content) => delimited(field, content.flat()),
  packed: (field, values) => delimited(field, values.flatMap(varint)),
  text: (field, value) => delimited(field, [...Buffer.from(value, 'utf8')]),
};

function delimited(field: number, content: readonly number[]): number[] {
  return [...varint((field << 3) | 2), ...varint(content.length), ...content];
}

/** Negative numbers are written as int64: ten bytes. */
export function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}
