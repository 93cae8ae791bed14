import type { WireReader } from './wire';

/** Narrows the reader to the embedded message at `position` and returns the end to restore. */
export function enterMessage(reader: WireReader): number {
  const outer = reader.end;
  reader.end = reader.lengthDelimited();
  return outer;
}
