import { statSync } from 'node:fs';
import { createFileBlobs } from '@/lib/blobs/files';
import type { BlobStore } from '@/lib/blobs/port';
import { LockscopeError } from '@/lib/errors';

/** Opens the blob store: files in `dir`, made when the first blob comes. Throws `blobs.folder` when `dir` is a file. */
export function openBlobs({ dir }: { readonly dir: string }): BlobStore {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new LockscopeError(
      'blobs.folder',
      `${dir} is a file, and uploads are kept in a folder of that name: move it away`,
      {
        place: dir,
      },
    );
  }
  return createFileBlobs(dir);
}
