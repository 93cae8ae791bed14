/** One series of a `push.v1.PushRequest`. */
export interface PushSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly profiles: readonly Uint8Array[];
}

/** The protobuf bytes that Alloy would send. */
export function encodePush(series: readonly PushSeries[]): Buffer {
  return Buffer.concat(
    series.map(({ labels, profiles }) =>
      field(
        1,
        ...Object.entries(labels).map(([name, value]) =>
          field(1, field(1, Buffer.from(name)), field(2, Buffer.from(value))),
        ),
        ...profiles.map((profile) => field(2, field(1, profile), field(2, Buffer.from('id')))),
      ),
    ),
  );
}

function field(number: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}
