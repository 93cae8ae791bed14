/** `to`, a longer column, with the values of `from` at its front. */
export function extended<T extends Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array>(
  from: T,
  to: T,
): T {
  to.set(from);
  return to;
}
