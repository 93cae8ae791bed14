/** What `decodePprof` accepts at most. Beyond it: `pprof.too-large` for bytes, `pprof.limit` for the rest. */
export interface PprofLimits {
  /** Bytes of the message, after decompression. */
  readonly maxBytes: number;
  readonly maxSamples: number;
  /** Frames of one stack, inlined lines counted. Go records at most 128 (`GODEBUG=profstackdepth` up to 1024). */
  readonly maxDepth: number;
  /** Frames of all stacks together: a small file can name one deep location from many samples. */
  readonly maxFrames: number;
  /** UTF-16 units of one string. */
  readonly maxStringLength: number;
  /** UTF-16 units of all names and files of all stacks, and of all labels, repetitions counted. */
  readonly maxStackText: number;
}

export const defaultPprofLimits: PprofLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxSamples: 1_000_000,
  maxDepth: 1024,
  maxFrames: 16_000_000,
  maxStringLength: 65_535,
  maxStackText: 1_000_000_000,
};
