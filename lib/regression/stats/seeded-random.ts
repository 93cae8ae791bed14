/** Draws of one generator, uniform in [0, 1). */
export type Random = () => number;

/**
 * A generator that the content seeds: the same values in the same order always draw the same numbers. Hash: FNV-1a over
 * the bytes of the doubles; generator: mulberry32, 2^32 draws. For permutations and resampling, never for secrets.
 */
export function randomOf(content: readonly number[]): Random {
  const bytes = new Uint8Array(Float64Array.from(content).buffer);
  let state = 0x811c9dc5;
  for (const byte of bytes) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Reorders `values` in place, every order as likely as any other (Fisher and Yates). */
export function shuffle<T>(values: T[], random: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    // Both indices are within the array.
    const moved = values[last] as T;
    values[last] = values[other] as T;
    values[other] = moved;
  }
}
