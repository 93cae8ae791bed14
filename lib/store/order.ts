/** By UTF-16 code unit, the same on every machine (a locale's order is not). */
export function compareText(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

export function compareIds(first: bigint, second: bigint): number {
  return first < second ? -1 : first > second ? 1 : 0;
}
