/** A 64-bit hash as two 32-bit halves: cheap to mix along a path, no BigInt per node. */
export interface PathHash {
  readonly high: number;
  readonly low: number;
}

/** Two FNV-1a lanes over UTF-16 code units. Not for secrets: it names places in a tree. */
export function hashText(text: string): PathHash {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
  }
  return { high: high >>> 0, low: low >>> 0 };
}

/** The hash of `child` below `parent`; order matters. */
export function mixHash(parent: PathHash, child: PathHash): PathHash {
  return { high: scramble(parent.high, child.high, 0x9e3779b1), low: scramble(parent.low, child.low, 0xc2b2ae3d) };
}

function scramble(seed: number, value: number, prime: number): number {
  let mixed = Math.imul(seed ^ (value + 0x7f4a7c15), prime);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** 16 hex digits. */
export function hashId(hash: PathHash): string {
  return hash.high.toString(16).padStart(8, '0') + hash.low.toString(16).padStart(8, '0');
}

/** Where every path starts. */
export const rootHash: PathHash = hashText('root');
