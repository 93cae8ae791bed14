/** Draws of one generator, uniform in [0, 1). */
export type Random = () => number;

/** Rounds until the four words of the state no longer show what they began with. */
const warmUp = 15;

/**
 * A generator that the content seeds: the same values in the same order always draw the same numbers. Hash: FNV-1a over
 * the bytes of the doubles; generator: sfc32 (Doty-Humphrey, PractRand). For relabeling and resampling, no secrets.
 */
export function randomOf(content: readonly number[]): Random {
  const bytes = new Uint8Array(Float64Array.from(content).buffer);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  let [a, b, c, counter] = [hash, bytes.length, ~hash, 1];
  const draw = () => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return (word >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < warmUp; round++) draw();
  return draw;
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
