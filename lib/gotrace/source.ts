/** Random access to the bytes of a trace file: a buffer, or a file read piece by piece in a worker. */
export interface ByteSource {
  readonly size: number;
  /** `length` bytes at `offset`, fewer only at the end of the file. Valid until the next call. */
  read(offset: number, length: number): Uint8Array;
}

/** A source over bytes at hand; reads are views. */
export function bufferSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
