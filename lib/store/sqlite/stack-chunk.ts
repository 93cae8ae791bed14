/** Stack sums of one series over a span: local stack ids, counts, values; and what was summed. */
export interface StackChunk {
  readonly windows: number;
  readonly wall: number;
  readonly ids: Uint32Array;
  readonly counts: Float64Array;
  readonly values: Float64Array;
}

export function stackChunkBytes(chunk: StackChunk): number {
  return 300 + chunk.ids.length * 20;
}
