import { createFileBlobs } from '@/lib/blobs/files';
import type { BlobStore } from '@/lib/blobs/port';

/** Opens the blob store: files in `dir`, made when the first blob comes. */
export function openBlobs(where: { readonly dir: string }): BlobStore {
  return createFileBlobs(where.dir);
}
