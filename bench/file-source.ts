import { fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '@/lib/gotrace/source';

/** A file read piece by piece; it stays open until the process ends. */
export function fileSource(path: string): ByteSource {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  return {
    size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(Math.min(length, size - offset), 0));
      return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, offset));
    },
  };
}
