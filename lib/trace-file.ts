import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '@/lib/gotrace/source';

/** A trace file that is read piece by piece. */
export interface TraceFile extends ByteSource {
  close(): void;
}

/** Opens a file for `readTrace`: one generation of it is in memory at a time. Throws what `node:fs` throws. */
export function openTraceFile(path: string): TraceFile {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  let buffer = new Uint8Array();
  return {
    size,
    read(offset, length) {
      const wanted = Math.max(Math.min(length, size - offset), 0);
      if (wanted > buffer.length) buffer = new Uint8Array(wanted);
      let filled = 0;
      while (filled < wanted) {
        const got = readSync(file, buffer, filled, wanted - filled, offset + filled);
        if (got === 0) break;
        filled += got;
      }
      return buffer.subarray(0, filled);
    },
    close: () => closeSync(file),
  };
}
