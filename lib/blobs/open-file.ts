import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { BlobFile } from './port';

/** Opens a file to be read piece by piece, wherever in it. Throws what `node:fs` throws. */
export function openFile(path: string): BlobFile {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  return {
    size,
    read(offset, length) {
      // Damaged input asks for more than there is: memory is taken for what there is.
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < bytes.length) {
        const count = readSync(file, bytes, filled, bytes.length - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    },
    close: () => closeSync(file),
  };
}
